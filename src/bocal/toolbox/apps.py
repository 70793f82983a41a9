from django.apps import AppConfig


class ToolboxConfig(AppConfig):
    name = "bocal.toolbox"
    label = "toolbox"
