import type { Feature } from '../model/feature.js'
import type { Origin } from '../model/origin.js'
import type { Loss } from '../model/target.js'

export const loss = (feature: Feature, subject: string, message: string, because: string, origin: Origin): Loss => ({
  feature,
  subject,
  message,
  because,
  origin,
})
