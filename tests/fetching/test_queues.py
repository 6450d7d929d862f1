"""Which page of a host is asked next."""

from yarl import URL

from resources.fetching.jobs import Job
from resources.fetching.queues import Queue


def job(path: str) -> Job:
    return Job(path, URL(f"http://a.example{path}"))


def filled(*paths: str) -> Queue:
    queue = Queue()
    for path in paths:
        queue.fresh.add(job(path))
    return queue


def order(queue: Queue, *, beside: int = 0, now: float = 100.0) -> list[str]:
    """All that can be taken."""
    taken = []
    while queue.due(now, beside) is not None:
        taken.append(queue.take(now, beside).page)
    return taken


def test_every_folder_shows_itself_before_the_second_page_of_any():
    paths = order(filled("/a/1", "/a/2", "/b/1", "/b/2", "/c/1"))
    assert {path[:2] for path in paths[:3]} == {"/a", "/b", "/c"}
    assert len(paths) == 5


def test_chains_go_ahead_and_second_tries_follow():
    queue = filled("/a/1")
    queue.defer(job("/again"), 0.0)
    wary = job("/complained")
    wary.wary = 2.0
    queue.defer(wary, 0.0)
    queue.ahead.append(job("/chain"))
    assert order(queue) == ["/chain", "/a/1", "/again", "/complained"]
    assert not queue


def test_what_is_silent_and_its_neighbours_are_asked_beside_the_others():
    queue = filled("/a/1", "/a/2", "/b/1")
    first = queue.take(0.0, 0)
    other = "/b" if first.page.startswith("/a") else "/a"
    queue.fresh.fell_silent(first.folder)
    first.hung = True
    queue.defer(first, 0.0)
    assert all(path.startswith(other) for path in order(queue))
    assert queue
    assert all(not path.startswith(other) for path in order(queue, beside=1))
    assert not queue


def test_a_folder_that_speaks_again_is_as_the_others():
    queue = filled("/a/1", "/a/2")
    taken = queue.take(0.0, 0)
    queue.fresh.fell_silent(taken.folder)
    assert order(queue) == []
    queue.fresh.spoke(taken.folder)
    assert len(order(queue)) == 1


def test_neighbours_of_what_wanted_rest_come_together_and_last():
    queue = filled("/a/1", "/a/2", "/b/1", "/c/1")
    for page, rest in (("/a/0", 2.0), ("/b/0", 1.0)):
        again = job(page)
        again.wary = rest
        queue.defer(again, 0.0)
    queue.leave_for_last("80/b", 1.0)
    queue.leave_for_last("80/a", 2.0)
    assert order(queue) == ["/c/1", "/a/1", "/a/2", "/b/1", "/b/0", "/a/0"]


def test_nothing_is_taken_before_its_time_and_all_can_be_taken_out():
    queue = filled("/a/1", "/b/1", "/b/2")
    queue.leave_for_last("80/a", 1.0)
    queue.fresh.fell_silent("80/b")
    queue.ahead.append(job("/chain"))
    for page, due in (("/late", 50.0), ("/hung", 70.0)):
        one = job(page)
        one.hung = page == "/hung"
        queue.defer(one, due)
    assert queue.take(0.0, 0).page == "/chain"
    assert queue.due(0.0, 0) == 50.0
    assert len(queue.drain()) == 5
    assert not queue
    assert queue.due(100.0, 1) is None
