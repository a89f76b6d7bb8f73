// Long lists become a box to type into (accessible-autocomplete over the select). The library is fetched only when a
// page has such a list; without it the select works as it is.
const address = document.body.dataset.typeahead;
let library;

function load() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.accessibleAutocomplete);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

// Options whose every typed word begins some word of theirs: “em ab” finds “Emotional abuse”.
function source(select) {
  const options = [...select.options].filter((option) => option.value);
  return (query, found) => {
    const asked = query.toLowerCase().split(/\s+/).filter(Boolean);
    found(options.map((option) => option.textContent).filter((text) => {
      const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
      return asked.every((start) => words.some((word) => word.startsWith(start)));
    }));
  };
}

async function enhance(select) {
  if (select.dataset.typeahead === "on") return;
  select.dataset.typeahead = "on";
  const autocomplete = await load();
  const tell = () => {
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const said = document.createElement("p");
  said.className = "gt-small";
  said.setAttribute("role", "status");
  select.after(said);
  const choose = (typed) => {
    const wanted = typed.trim().toLowerCase();
    const chosen = wanted && [...select.options].find((option) => option.textContent.trim().toLowerCase() === wanted);
    said.textContent = wanted && !chosen ? `“${typed.trim()}” is not in this list, so nothing is chosen.` : "";
    const value = chosen ? chosen.value : "";
    if (select.value === value) return;
    select.value = value;
    tell();
  };
  const describedBy = select.getAttribute("aria-describedby");
  autocomplete.enhanceSelectElement({
    selectElement: select,
    source: source(select),
    defaultValue: select.value ? select.selectedOptions[0].textContent : "",
    autoselect: false,
    confirmOnBlur: false,
    showAllValues: true,
    dropdownArrow: () => "",
    tNoResults: () => "Nothing like that in this list",
    onConfirm: (text) => choose(text ?? ""),
  });
  const input = select.parentElement.querySelector(".autocomplete__input");
  if (describedBy) input.setAttribute("aria-describedby", describedBy);
  // The box never says one thing while the answer is another: words that are in no option are no answer, and that is said.
  const wrapper = input.closest(".autocomplete__wrapper");
  wrapper.addEventListener("focusout", (event) => {
    if (!wrapper.contains(event.relatedTarget)) choose(input.value);
  });
}

const enhanceAll = (scope) => scope.querySelectorAll("select[data-typeahead]").forEach((select) => enhance(select).catch(() => {}));
document.body.addEventListener("htmx:afterSwap", (event) => enhanceAll(event.detail.target));
document.addEventListener("gt:shown", (event) => enhanceAll(event.target));
enhanceAll(document);
