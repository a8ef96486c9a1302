from django.urls import path

from influencer.operate import views, views_accounts, views_connections, views_mail, views_programs, views_texts

app_name = "operate"
urlpatterns = [
    path("operate/", views.health, name="health"),
    path("operate/jobs/<str:name>/", views.job, name="job"),
    path("operate/jobs/<str:name>/run/", views.job_run, name="job_run"),
    path("operate/jobs/<str:name>/off/", views.job_off, name="job_off"),
    path("operate/jobs/<str:name>/on/", views.job_on, name="job_on"),
    path("operate/release/", views.site_release, name="site_release"),
    path("operate/accounts/", views_accounts.accounts, name="accounts"),
    path("operate/accounts/<int:pk>/", views_accounts.account, name="account"),
    path("operate/accounts/<int:pk>/close/", views_accounts.account_close, name="account_close"),
    path("operate/accounts/<int:pk>/reopen/", views_accounts.account_reopen, name="account_reopen"),
    path("operate/accounts/<int:pk>/way-in/", views_accounts.account_way_in, name="account_way_in"),
    path("operate/accounts/<int:pk>/sign-out/", views_accounts.account_sign_out, name="account_sign_out"),
    path("operate/accounts/<int:pk>/administrator/", views_accounts.administrator, name="administrator"),
    path("operate/accounts/<int:pk>/rescue/", views_accounts.rescue_ask, name="rescue_ask"),
    path("operate/rescues/<int:pk>/confirm/", views_accounts.rescue_confirm, name="rescue_confirm"),
    path("operate/rescues/<int:pk>/stop/", views_accounts.rescue_stop, name="rescue_stop"),
    path("second-factor/<str:token>/", views_accounts.rescue_stop_by_link, name="rescue_stop_by_link"),
    path("operate/programs/", views_programs.programs, name="programs"),
    path("operate/programs/<slug:which>/", views_programs.program, name="program"),
    path("operate/programs/<slug:which>/lead/<int:pk>/", views_programs.lead_withdraw, name="lead_withdraw"),
    path("operate/programs/<slug:which>/archive/", views_programs.program_archive, name="program_archive"),
    path("operate/programs/<slug:which>/unarchive/", views_programs.program_unarchive, name="program_unarchive"),
    path("operate/connections/", views_connections.connections, name="connections"),
    path("operate/connections/keys/", views_connections.connection_keys, name="connection_keys"),
    path("operate/mail/", views_mail.mail, name="mail"),
    path("operate/texts/", views_texts.texts, name="texts"),
    path("operate/texts/<str:kind>/", views_texts.text_edit, name="text_edit"),
    path("imprint/", views_texts.imprint, name="imprint"),
    path("privacy-notice/", views_texts.privacy_notice, name="privacy_notice"),
]
