from importlib import import_module

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"

    def ready(self) -> None:
        """Tells accounts what is kept here about people, and who wants to know when one is called otherwise."""
        import_module("resources.home.giving").register()
        import_module("resources.entries.surroundings").register()
