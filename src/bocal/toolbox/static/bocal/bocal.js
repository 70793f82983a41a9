/* What JavaScript adds; every page works without it.
 *
 * Sending once, keeping half-filled forms, going to the first error, adding lines, printing, closing menus.
 * Words come from <template>s of the page, so that they are translated with the rest.
 */
"use strict";

const SLOW = 2000; // after two seconds a page says that it works
const TRY_AGAIN = 12000; // a lost network must not lock a form: its id makes sending again harmless
const DRAFT = "bocal-draft:";
const SENT = "bocal-sent";

const from = (id) => document.getElementById(id)?.content.firstElementChild.cloneNode(true);

/* --- Sending once ------------------------------------------------------------------------------- */

const waiting = new WeakMap();

function send(event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (waiting.has(form)) {
    event.preventDefault();
    return;
  }
  if (form.dataset.draft) keep(SENT, form.dataset.draft);
  const notice = from("still-working");
  const timers = [
    // A disabled button does not send its own name and value: after this turn it may be.
    setTimeout(() => buttonsOf(form).forEach((button) => (button.disabled = true))),
    setTimeout(() => notice && document.body.append(notice), SLOW),
    setTimeout(() => letGo(form), TRY_AGAIN),
  ];
  waiting.set(form, { timers, notice });
}

function letGo(form) {
  const wait = waiting.get(form);
  if (!wait) return;
  wait.timers.forEach(clearTimeout);
  wait.notice?.remove();
  buttonsOf(form).forEach((button) => (button.disabled = false));
  waiting.delete(form);
}

function buttonsOf(form) {
  return [...form.elements].filter((element) => element.type === "submit");
}

/* --- Half-filled forms --------------------------------------------------------------------------- */

// The hidden id of what will be recorded is kept too: sent again, it records once. Secrets and files are not.
const NEVER_KEPT = ["csrfmiddlewaretoken"];
const keeps = (field) => field.name && !NEVER_KEPT.includes(field.name) && !["file", "password", "submit", "button"].includes(field.type);

/* Some browsers refuse to keep anything: forms still work, their text is just not kept. */
function memory() {
  try {
    sessionStorage.setItem("bocal-can-keep", "yes");
    return sessionStorage;
  } catch {
    return { getItem: () => null, setItem: () => {}, removeItem: () => {} };
  }
}

const kept = memory();

function keep(key, value) {
  try {
    kept.setItem(key, value);
  } catch {
    kept.removeItem(key); // no room left: half a draft would be worse than none
  }
}

function keepDraft(event) {
  const form = event.target.form;
  if (!form?.dataset.draft) return;
  const typed = [...form.elements].filter(keeps).map((field) => [field.name, field.type, field.value, field.checked]);
  keep(DRAFT + form.dataset.draft, JSON.stringify(typed));
}

/* A form that was sent and does not come back was recorded: its draft has done its work. */
function forgetSentDraft() {
  const sent = kept.getItem(SENT);
  if (sent === null || document.body.classList.contains("failed")) return;
  const cameBack = [...document.forms].some((form) => form.dataset.draft === sent && "refused" in form.dataset);
  if (!cameBack) kept.removeItem(DRAFT + sent);
  kept.removeItem(SENT);
}

function restoreDraft(form) {
  const typed = JSON.parse(kept.getItem(DRAFT + form.dataset.draft) ?? "null");
  if (typed === null || "refused" in form.dataset) return;
  addMissingLines(form, typed);
  const places = {};
  for (const [name, type, value, checked] of typed) {
    const group = [...form.elements].filter((field) => field.name === name && field.type === type);
    const place = (places[name] = (places[name] ?? -1) + 1);
    const field = type === "radio" ? group.find((one) => one.value === value) : group[place];
    if (!field) continue;
    if (type === "radio" || type === "checkbox") field.checked = checked;
    else field.value = value;
  }
  const notice = from("draft-kept");
  notice.querySelector("[data-forget-draft]").addEventListener("click", () => {
    kept.removeItem(DRAFT + form.dataset.draft);
    location.reload();
  });
  form.prepend(notice);
}

/* --- Lines --------------------------------------------------------------------------------------- */

const A_RECORD_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

function addLine(lines) {
  const total = lines.querySelector("[name$=-TOTAL_FORMS]");
  const most = Number(lines.querySelector("[name$=-MAX_NUM_FORMS]").value);
  const number = Number(total.value);
  if (number >= most) return null;
  const line = lines.querySelector("template").content.firstElementChild.cloneNode(true);
  for (const element of line.querySelectorAll("*")) {
    for (const attribute of element.attributes) attribute.value = attribute.value.replaceAll("__prefix__", number);
    if (element.type === "hidden" && A_RECORD_ID.test(element.value)) element.value = crypto.randomUUID();
  }
  const legend = line.querySelector("legend");
  legend.textContent = legend.textContent.replace("__number__", number + 1);
  lines.querySelector(".add-line").before(line);
  total.value = number + 1;
  return line;
}

function addMissingLines(form, typed) {
  for (const lines of form.querySelectorAll("[data-lines]")) {
    const [, , wanted] = typed.find(([name]) => name === `${lines.dataset.lines}-TOTAL_FORMS`) ?? [];
    while (wanted && Number(lines.querySelector("[name$=-TOTAL_FORMS]").value) < Number(wanted) && addLine(lines));
  }
}

/* --- Small things --------------------------------------------------------------------------------- */

function focusFirstError() {
  const first = document.querySelector("[data-error] input:not([type=hidden]), [data-error] select, [data-error] textarea") ?? document.querySelector(".refusal");
  first?.focus();
}

/* Filters stand open where there is room, and on a phone only while they filter something. */
const wide = matchMedia("(min-width: 861px)");
function openFilters() {
  for (const filters of document.querySelectorAll("[data-open-wide]")) filters.open = wide.matches || "active" in filters.dataset;
}

function closeMenu(event) {
  const menu = document.querySelector(".more[open]");
  if (!menu || (event.type === "keydown" ? event.key !== "Escape" : menu.contains(event.target))) return;
  menu.open = false;
  if (event.type === "keydown") menu.querySelector("summary").focus();
}

document.addEventListener("submit", send);
document.addEventListener("input", keepDraft);
document.addEventListener("click", closeMenu);
document.addEventListener("keydown", closeMenu);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
  const add = event.target.closest("[data-add-line]");
  if (add) addLine(add.closest("[data-lines]"))?.querySelector("input:not([type=hidden]), select")?.focus();
});
wide.addEventListener("change", openFilters);

// Coming back with the browser's own button shows the page as it was left: it must not stay locked.
addEventListener("pageshow", (event) => event.persisted && [...document.forms].forEach(letGo));
document.addEventListener("htmx:afterRequest", (event) => event.target.closest("form") && letGo(event.target.closest("form")));
document.addEventListener("htmx:afterSettle", showWhatNeedsScript);

function showWhatNeedsScript() {
  document.querySelectorAll("[data-print], [data-add-line]").forEach((button) => (button.hidden = false));
}

showWhatNeedsScript();
openFilters();
focusFirstError();
forgetSentDraft();
[...document.forms].filter((form) => form.dataset.draft).forEach(restoreDraft);
