"""The pages of coming in and of one's own login. allauth's names stay, since it looks its pages up by them."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import path

from accounts.access import web

urlpatterns = [
    path("masuk/", web.Login.as_view(), name="account_login"),
    path("masuk/langkah-kedua/", factor.authenticate, name="mfa_authenticate"),
    path("keluar/", account.logout, name="account_logout"),
    path("nonaktif/", account.account_inactive, name="account_inactive"),
    path("tautan/<str:uid>/<str:token>/", web.choose_password, name="account_link"),
    path("sandi/ganti/", account.password_change, name="account_change_password"),
    path("sandi/lupa/", web.ForgottenPassword.as_view(), name="account_reset_password"),
    path("sandi/lupa/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    path("konfirmasi/", account.reauthenticate, name="account_reauthenticate"),
    path("konfirmasi/kode/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("konfirmasi/kunci/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("dua-langkah/", factor.index, name="mfa_index"),
    path("dua-langkah/aplikasi/pasang/", web.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("dua-langkah/aplikasi/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("dua-langkah/cadangan/", spare.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("dua-langkah/cadangan/baru/", spare.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("dua-langkah/cadangan/unduh/", web.DownloadSpareCodes.as_view(), name="mfa_download_recovery_codes"),
    path("dua-langkah/kunci/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("dua-langkah/kunci/tambah/", web.AddKey.as_view(), name="mfa_add_webauthn"),
    path("dua-langkah/kunci/<int:pk>/lepas/", web.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("dua-langkah/kunci/<int:pk>/ubah/", keys.edit_webauthn, name="mfa_edit_webauthn"),
]
