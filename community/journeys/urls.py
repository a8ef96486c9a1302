from django.urls import path

from community.journeys import views, views_letters

HERE = "p/<slug:slug>/journeys/"
LETTER = f"{HERE}letters/<int:pk>/"

urlpatterns = [
    path(HERE, views.journeys, name="journeys"),
    path(f"{HERE}new/", views.journey_new, name="journey_new"),
    path(f"{HERE}welcome/", views.journey_welcome_new, name="journey_welcome_new"),
    path(f"{HERE}<int:pk>/", views.journey, name="journey"),
    path(f"{HERE}<int:pk>/edit/", views.journey_edit, name="journey_edit"),
    path(f"{HERE}<int:pk>/on/", views.journey_on, name="journey_on"),
    path(f"{HERE}<int:pk>/off/", views.journey_off, name="journey_off"),
    path(f"{HERE}<int:pk>/delete/", views.journey_delete, name="journey_delete"),
    path(f"{HERE}<int:pk>/restore/", views.journey_restore, name="journey_restore"),
    path(f"{HERE}<int:pk>/letters/new/", views_letters.letter_new, name="letter_new"),
    path(LETTER, views_letters.letter_edit, name="letter_edit"),
    path(f"{LETTER}mail/", views_letters.letter_mail, name="letter_mail"),
    path(f"{LETTER}test/", views_letters.letter_test, name="letter_test"),
    path(f"{LETTER}delete/", views_letters.letter_delete, name="letter_delete"),
    path(f"{LETTER}restore/", views_letters.letter_restore, name="letter_restore"),
]
