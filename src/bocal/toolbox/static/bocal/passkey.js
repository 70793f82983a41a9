/* Passkeys where the device knows them; a kind word when it did not give one. The ceremony is allauth's. */
"use strict";

if (window.PublicKeyCredential) document.querySelectorAll("[data-passkey]").forEach((part) => (part.hidden = false));

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelectorAll("[data-passkey-problem]").forEach((notice) => (notice.hidden = false));
});
