"""The whole story, in a real browser: from a sign-up to an accepted proposal, and from a vandal to a clean site."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser

SPOILED = [
    "aviary",
    "bentoml",
    "celery",
    "daft",
    "dask",
    "deepspeed",
    "deltacat",
    "fastchat",
    "flambe",
    "flower",
    "fugue",
    "horovod",
]
"""Twelve resources of the starter content."""


def a_contributor_signs_up(open_page: Opener, signed_in_page: Opener) -> Page:
    """Nils, who confirms his address by the mail that the site keeps."""
    nils = open_page("/accounts/signup/")
    nils.get_by_label("Name").fill("Nils")
    nils.get_by_label("E-mail").fill("nils@example.org")
    nils.get_by_label("Password").fill("a sentence to remember")
    nils.get_by_role("button", name="Make an account").click()
    admin = signed_in_page("admin", "/accounts/mails/")
    for link in admin.get_by_role("link", name="Confirm your address").all():
        admin.goto(link.get_attribute("href") or "")
        if "nils@example.org" in admin.locator("main").inner_text():
            break
        admin.goto("/accounts/mails/")
    nils.goto(admin.locator(".mail-text a").first.get_attribute("href") or "")
    nils.get_by_role("button", name="Yes, confirm it").click()
    return nils


def test_a_proposal_from_the_sign_up_to_the_reader(open_page: Opener, signed_in_page: Opener) -> None:
    nils = a_contributor_signs_up(open_page, signed_in_page)
    nils.goto("/resources/alpa/")
    nils.get_by_role("link", name="Edit", exact=True).click()
    nils.get_by_label("Summary", exact=True).fill("Trains very large models.")
    nils.get_by_label("What did you change, and why?").fill("Say it shorter")
    nils.get_by_role("button", name="Send the proposal").click()
    expect(nils.locator(".messages")).to_contain_text("proposal")

    mo = signed_in_page("mo", "/")
    mo.get_by_role("link", name="to review").click()
    mo.get_by_role("main").get_by_role("link", name="Alpa").first.click()
    address = mo.url
    expect(mo.locator("main")).to_contain_text("Say it shorter")
    mo.keyboard.press("c")
    mo.get_by_label("What should its author change?").fill("Name what it automates, please.")
    mo.get_by_role("button", name="Send it back").click()

    nils.goto("/notices/")
    expect(nils.locator("main")).to_contain_text("Name what it automates, please.")
    nils.goto(address)
    nils.get_by_role("link", name="Amend").click()
    nils.get_by_label("Summary", exact=True).fill("Automates how very large models are trained over many machines.")
    nils.get_by_role("button", name="Send the new version").click()
    expect(nils.locator("main")).to_contain_text("under review")

    ed = signed_in_page("ed", "/resources/alpa/edit/")
    ed.get_by_label("Tags").fill("training, parallelism")
    ed.get_by_role("button", name="Save").click()
    expect(ed.locator("main")).to_contain_text("parallelism")

    mo.goto(address)
    expect(mo.locator(".proposal-head")).to_contain_text("still applies")
    expect(mo.locator("section[aria-labelledby=change]")).not_to_contain_text("parallelism")
    mo.keyboard.press("a")
    mo.wait_for_url(lambda url: url != address)

    reader = open_page("/resources/alpa/")
    expect(reader.locator("main")).to_contain_text("Automates how very large models are trained")
    expect(reader.locator("main")).to_contain_text("parallelism")
    nils.goto("/notices/")
    expect(nils.locator("main")).to_contain_text("accepted")


def test_a_vandal_is_undone_in_one_act_and_the_log_tells_it_all(open_page: Opener, signed_in_page: Opener) -> None:
    vera = signed_in_page("vera", "/", scripts=False)
    for slug in SPOILED:
        vera.goto(f"/resources/{slug}/edit/")
        vera.get_by_label("Summary", exact=True).fill("Buy cheap watches.")
        vera.get_by_role("button", name="Save").click()
    reader = open_page(f"/resources/{SPOILED[-1]}/")
    expect(reader.locator("main")).to_contain_text("Buy cheap watches.")

    mo = signed_in_page("mo", "/people/vera/")
    mo.get_by_role("link", name="Clean up after them").click()
    expect(mo.locator("main")).to_contain_text("12 ×")
    mo.get_by_label("Why", exact=True).fill("Advertising on twelve pages.")
    mo.get_by_label("Block the person").select_option(index=1)
    mo.get_by_role("button", name="Take all of it back").click()

    for slug in SPOILED:
        reader.goto(f"/resources/{slug}/")
        expect(reader.locator("main")).not_to_contain_text("Buy cheap watches.")
    vera.goto(f"/resources/{SPOILED[0]}/edit/")
    expect(vera.get_by_role("button", name="Save")).to_have_count(0)
    expect(vera.locator("main")).to_contain_text("blocked")

    reader.goto("/log/")
    expect(reader.locator("main")).to_contain_text("Mo Hill")
    expect(reader.locator("main")).to_contain_text("Advertising on twelve pages.")
    expect(reader.locator("main")).to_contain_text("Vera Vogt")
