import { loadGauges } from '../store/load-gauges.ts'
import type { Load } from '../store/ports.ts'

/** Prometheus text for `/metrics`: what the store tells. Counts are Cloudflare's own business here, since no isolate sees all requests. */
export const metricsText = (load: Load): string => Object.entries(loadGauges)
  .map(([key, [name, help]]) => `# HELP camnang_${name} ${help}\n# TYPE camnang_${name} gauge\ncamnang_${name} ${load[key as keyof typeof loadGauges]}\n`).join('')
