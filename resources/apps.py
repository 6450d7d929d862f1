from importlib import import_module

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"

    def ready(self) -> None:
        """Tells accounts what is kept here about people."""
        import_module("resources.home.giving").register()
