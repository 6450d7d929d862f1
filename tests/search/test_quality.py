"""Sixty things that people look for, in the starter content: what they mean stands on top. And what the doc says is true."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from accounts.credits import house_account
from resources.content_files.loading import load_folder
from resources.management.commands.prepare_site import STARTER
from resources.search.query import Query, search
from resources.search.views import EXAMPLES

DOC = Path(__file__).resolve().parents[2] / "docs" / "searching.md"

ASKED = 0.9
"""The mean reciprocal rank: 1 where what was meant always stands first, 0.5 where it always is second."""


@pytest.fixture(scope="module", autouse=True)
def _starter(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The starter content, loaded once for this module and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_folder(STARTER, author=house_account(), summary="Starter content")
        yield
        transaction.set_rollback(True)


# What is typed → the address of what is meant; several where each is as good.
MEANT = {
    # a title, or how one remembers it
    "ray serve": "wiki/ray-serve",
    "ray data": "wiki/ray-data",
    "tune": "wiki/ray-tune",
    "rllib": "wiki/rllib",
    "kuberay": "resources/kuberay",
    "vllm": "resources/vllm",
    "ray": "resources/ray",
    "mlflow": "resources/mlflow",
    "shadowray": "wiki/shadowray",
    "horovod": "resources/horovod",
    "design patterns": "resources/ray-core-patterns",
    "osdi paper": "resources/ray-osdi-2018",
    "ownership": "resources/ownership-paper",
    "cve 2023 48022": "resources/cve-2023-48022",
    "CVE-2025-62593": "resources/cve-2025-62593",
    "books": "sections/books",
    "papers": "sections/papers",
    "ray summit 2025": "resources/ray-summit-2025",
    "stackoverflow": "resources/stack-overflow",
    "google kubernetes engine": "wiki/ray-on-eks-gke-aks resources/ray-operator-on-gke",
    # what one wants to do
    "secure a ray cluster": "wiki/hardening wiki/ray-security",
    "hardening checklist": "wiki/hardening",
    "migrate from spark": "wiki/from-spark",
    "celery to ray": "wiki/from-celery",
    "move from dask": "wiki/from-dask",
    "fine tuning": "wiki/fine-tuning-and-rlhf",
    "rlhf": "wiki/fine-tuning-and-rlhf resources/openrlhf",
    "serving llms": "wiki/serving-llms",
    "ray without kubernetes slurm": "wiki/ray-on-virtual-machines",
    "when not to use ray": "wiki/leaving-ray",
    "logs and metrics": "wiki/observability",
    "what happens when a node dies": "wiki/fault-tolerance",
    "java": "wiki/java-and-cpp sections/ray-other-languages",
    "managed ray": "wiki/managed-and-open-source",
    "token authentication": "resources/token-authentication",
    "hyperparameter optimization": "sections/ray-tune",
    "batch inference": "resources/ray-data-llm resources/bytedance-offline-inference case-studies/bytedance",
    "multi-agent reinforcement learning": "resources/marllib",
    "federated learning": "resources/flower resources/rayfed",
    "getting started": "wiki/ray-in-ten-minutes resources/gateway-to-scalable-ai resources/first-distributed-python-application",
    "contribute to the list": "wiki/contributing-to-the-list",
    # who uses it
    "uber michelangelo": "case-studies/uber-michelangelo",
    "spotify": "case-studies/spotify",
    "chatgpt": "resources/how-ray-helps-power-chatgpt",
    "shopify merlin": "resources/shopify-merlin case-studies/shopify",
    "instacart celery": "case-studies/instacart",
    "riot games": "case-studies/riot-games",
    "netflix training": "resources/netflix-training-cluster case-studies/netflix",
    # comparisons
    "ray vs dask vs spark": "compare/data-engines",
    "slurm kubernetes": "compare/orchestration",
    "kserve triton": "compare/model-serving",
    "deepspeed horovod": "compare/distributed-training",
    # slips, and words together or apart
    "kuberentes operator": "resources/kuberay resources/ray-operator-on-gke wiki/ray-on-kubernetes",
    "langchian": "wiki/langchain-and-llamaindex resources/langchain-ray resources/langchain-ray-serve",
    "kube ray": "resources/kuberay",
    "open rlhf": "resources/openrlhf",
    "reinforcment lerning": "sections/reinforcement-learning",
    "raydata": "wiki/ray-data",
    # operators
    "kind:paper tune": "resources/tune-paper",
    "section:security tag:cve webdataset": "resources/cve-2026-57516",
    '"flask service"': "case-studies/klaviyo",
    "kind:guide in:title kubernetes": "wiki/ray-on-kubernetes",
}


@pytest.mark.django_db
def test_what_is_meant_stands_on_top() -> None:
    ranks = {}
    for typed, meant in MEANT.items():
        wanted = {f"/{address}/" for address in meant.split()}
        addresses = [hit.address for hit in search(Query(typed)).hits]
        ranks[typed] = next((1 / place for place, one in enumerate(addresses, 1) if one in wanted), 0.0)
    mean = sum(ranks.values()) / len(ranks)
    assert mean >= ASKED, (mean, {typed: rank for typed, rank in ranks.items() if rank < 1})


@pytest.mark.django_db  # only so that all tests of this module run in a row
def test_the_page_and_the_doc_explain_the_same() -> None:
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \|$", DOC.read_text(), re.MULTILINE)
    assert rows == [(example, str(meaning)) for example, meaning in EXAMPLES]


@pytest.mark.django_db
@pytest.mark.parametrize("example", [example for example, _meaning in EXAMPLES])
def test_every_example_of_the_doc_finds_something(example: str) -> None:
    found = search(Query(example))
    assert not found.problems
    assert found.total or example == "is:broken"
    assert not found.instead
    assert not found.any_word
