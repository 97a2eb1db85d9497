// Runs before anything is painted, so that a page does not flash in other colours. It is a classic script.
{
  const page = document.documentElement;
  page.dataset["scripts"] = "";
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") page.dataset["theme"] = chosen;
  } catch {
    // Whoever keeps nothing in this browser has the colours of the system.
  }
}
