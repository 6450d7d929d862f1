from importlib import import_module

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        # Permissions exist only after a migration's end, and this file is read before the models are.
        post_migrate.connect(_make_groups, sender=apps.get_app_config("auth"), dispatch_uid="rayhub.roles")
        import_module("accounts.receivers")


def _make_groups(**given: object) -> None:
    from accounts.roles import make_groups  # noqa: PLC0415  # models cannot be imported before the apps are ready

    make_groups(**given)
