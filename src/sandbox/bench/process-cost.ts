import { readFileSync } from "node:fs";

/** What a process has used so far, as Linux tells. */
export interface ProcessCost {
  /** In user and kernel mode, in seconds. */
  readonly cpuSeconds: number;
  readonly rssMb: number;
  /** The most it ever held. */
  readonly peakRssMb: number;
}

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Reads /proc; the figures of processor and memory need Linux. */
export function costOf(pid: number | null): ProcessCost {
  if (pid === null) throw new Error("the process does not run");
  // The name may hold blanks and brackets: what follows the last bracket is plain.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const megabytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]) / 1024;
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
    rssMb: megabytes("VmRSS"),
    peakRssMb: megabytes("VmHWM"),
  };
}
