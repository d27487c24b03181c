"""The account of a build: for every step what came in, what went out, and what was dropped and why."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Step:
    """One step of the build; `came` - `went` is always the sum of `dropped`."""

    name: str
    came: int
    went: int
    dropped: dict[str, int]
    notes: tuple[str, ...]


@dataclass
class Report:
    """Collects the steps, prints them as they come, and writes BUILD.md."""

    steps: list[Step] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)

    def step(self, name: str, came: int, went: int, dropped: dict[str, int] | None = None, *notes: str) -> None:
        """Record a step.

        Raises:
            ValueError: the dropped rows do not account for the difference.
        """
        reasons = {reason: count for reason, count in (dropped or {}).items() if count}
        if came - sum(reasons.values()) != went:
            raise ValueError(f"{name}: {came} in - {sum(reasons.values())} dropped must be {went} out")
        self.steps.append(Step(name, came, went, reasons, notes))
        lost = "; ".join(f"{count:,} {reason}" for reason, count in reasons.items()) or "none dropped"
        print(f"{name}: {came:,} in, {went:,} out; {lost}", *notes, sep="\n    ")

    def section(self, title: str, text: str) -> None:
        """Add a section of prose or a table in Markdown."""
        self.sections.append((title, text))

    def markdown(self) -> str:
        """The whole report as Markdown."""
        lines = ["# Build report", "",
                 "Written by `make data`. For every step: rows in, rows out, rows dropped and why.", "",
                 "| step | in | out | dropped |", "| --- | ---: | ---: | --- |"]
        for step in self.steps:
            lost = "; ".join(f"{count:,} {reason}" for reason, count in step.dropped.items())
            lines.append(f"| {step.name} | {step.came:,} | {step.went:,} | {lost} |")
        notes = [f"- {step.name}: {note}" for step in self.steps for note in step.notes]
        if notes:
            lines += ["", "## Notes", "", *notes]
        for title, text in self.sections:
            lines += ["", f"## {title}", "", text]
        return "\n".join(lines) + "\n"


def table(frame: pd.DataFrame) -> str:
    """A frame as a Markdown table."""
    rows = [list(map(str, frame.columns)), ["---"] * len(frame.columns)]
    rows += [["" if pd.isna(cell) else str(cell).replace("|", "/") for cell in row] for row in frame.to_numpy()]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
