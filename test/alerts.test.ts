import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { createMetrics } from "../src/metrics.ts";

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const rules: readonly Rule[] = parse(read("docs/alerts.yml")).groups.flatMap((group: { rules: Rule[] }) => group.rules);

/** What `/metrics` can show, a histogram with its parts; `up` is Prometheus' own. */
async function shownNames(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { registry } = createMetrics();
  const all = await registry.getMetricsAsJSON();
  const labelsOf = (name: string) =>
    (registry.getSingleMetric(name) as unknown as { readonly labelNames?: readonly string[] }).labelNames ?? [];
  return new Map([
    ["up", []],
    ...all.flatMap(({ name, type }) => {
      const parts = String(type) === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
      return parts.map((part) => [name + part, labelsOf(name)] as const);
    }),
  ]);
}

const FUNCTIONS = /^(sum|max|rate|increase|histogram_quantile|by|and|le|for)$/;

describe("the alerting rules", () => {
  it("are there, each with a name of its own, a severity, and words on what to do", () => {
    expect(rules.length).toBeGreaterThan(10);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, labels, annotations, for: duration } of rules) {
      expect(alert).toMatch(/^FindAll[A-Z]\w+$/);
      expect(["critical", "warning", "info"], alert).toContain(labels.severity);
      expect(annotations.summary, alert).toMatch(/^[A-Z].{10,}[^.]$/);
      expect(annotations.description, alert).toMatch(/\.$|\?$/);
      expect(duration ?? "1m", alert).toMatch(/^\d+[mh]$/);
    }
  });

  it.each(rules.map(({ alert, expr }) => [alert, expr] as const))(
    "%s asks for metrics and labels that exist",
    async (_, expr) => {
      const names = await shownNames();
      const labels = [...expr.matchAll(/(\w+)\{([^}]*)\}/g)].flatMap(([, metric = "", inside = ""]) =>
        [...inside.matchAll(/(\w+)(?:=~|!~|!=|=)"/g)].map(([, label = ""]) => [metric, label] as const),
      );
      const bare = expr.replace(/\{[^}]*\}|\[[^\]]*\]|"[^"]*"/g, " ");
      const used = [...bare.matchAll(/[a-z_]\w*/g)].map(([word]) => word).filter((word) => !FUNCTIONS.test(word));
      const metrics = used.filter((word) => !/^e\d+$/.test(word));
      expect(metrics).not.toEqual([]);
      for (const metric of metrics) expect([...names.keys()], metric).toContain(metric);
      // `job` is given by Prometheus itself.
      for (const [metric, label] of labels) if (label !== "job") expect(names.get(metric), metric).toContain(label);
      expect(expr.split("(").length).toBe(expr.split(")").length);
    },
  );

  it("are explained to operators one by one", () => {
    const operations = read("docs/operations.md");
    for (const { alert } of rules) expect(operations, alert).toContain(`\`${alert}\``);
  });
});
