from django.urls import path

from programs.casting import views, views_interest, views_link

urlpatterns = [
    # who leads the program
    path("p/<slug:slug>/casting/", views.casting, name="casting"),
    path("p/<slug:slug>/people/staying/", views.staying, name="staying"),
    path("p/<slug:slug>/casting/new/", views.call_new, name="call_new"),
    path("p/<slug:slug>/casting/<int:pk>/", views.casting_list, name="casting_list"),
    path("p/<slug:slug>/casting/<int:pk>/decide/", views.interests_decide, name="interests_decide"),
    path("p/<slug:slug>/casting/<int:pk>/edit/", views.call_edit, name="call_edit"),
    path("p/<slug:slug>/casting/<int:pk>/link/", views.call_link, name="call_link"),
    path("p/<slug:slug>/casting/<int:pk>/poster.pdf", views.call_poster, name="call_poster"),
    path("p/<slug:slug>/casting/<int:pk>/answers/", views.casting_answers, name="casting_answers"),
    path("p/<slug:slug>/casting/interest/<uuid:key>/", views.interest_fate, name="interest_fate"),
    # everybody signed in
    path("calls/<int:pk>/", views_interest.call, name="call"),
    path("calls/<int:pk>/self-check/", views_interest.call_self_check, name="call_self_check"),
    path("calls/<int:pk>/withdraw/", views_interest.call_withdraw, name="call_withdraw"),
    path("calls/<int:pk>/restore/", views_interest.call_restore, name="call_restore"),
    # without an account
    path("call/<str:key>/", views_link.call_public, name="call_public"),
    path("call/<str:key>/self-check/", views_link.call_public_self_check, name="call_public_self_check"),
    path("interest/<str:token>/", views_link.interest, name="interest"),
    path("interest/<str:token>/withdraw/", views_link.interest_withdraw, name="interest_withdraw"),
    path("interest/<str:token>/restore/", views_link.interest_restore, name="interest_restore"),
]
