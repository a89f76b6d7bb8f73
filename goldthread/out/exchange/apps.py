from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "goldthread.out.exchange"
    label = "exchange"
