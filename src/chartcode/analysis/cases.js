// Shows the cases that a number of the report counts: the columns named in the address must hold the values asked for.
const data = JSON.parse(document.getElementById("data").textContent);
const wanted = [...new URLSearchParams(location.hash.slice(1))];
const at = wanted.map(([name, value]) => [data.columns.indexOf(name), value]).filter(([n]) => n >= 0);
const rows = data.rows.filter((row) => at.every(([n, value]) => String(row[n] ?? "(none)").split("; ").includes(value)));
document.getElementById("which").textContent =
  (wanted.length ? wanted.map(([n, v]) => `${n} = ${v}`).join(", ") : "all cases") + `: ${rows.length.toLocaleString("en-US")} cases`;
const body = document.querySelector("tbody");
for (const row of rows.slice(0, 2000)) {
  const line = body.insertRow();
  for (const value of row) line.insertCell().textContent = value ?? "";
}
addEventListener("hashchange", () => location.reload());
