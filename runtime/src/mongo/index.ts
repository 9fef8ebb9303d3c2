export { type ConditionPath, type ConditionPaths, type Filter, whereFilter } from './where.js'
