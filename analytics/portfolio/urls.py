from django.urls import path

from analytics.portfolio import views

urlpatterns = [path("portfolio/", views.portfolio, name="portfolio")]
