from django.apps import AppConfig


class WorkbookConfig(AppConfig):
    name = "bocal.workbook"
    label = "workbook"
