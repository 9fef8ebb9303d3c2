import picocolors from 'picocolors'

/** Text in colour, or as it is. */
export type Paint = ReturnType<typeof picocolors.createColors>

export const paintFor = (isColoured: boolean): Paint => picocolors.createColors(isColoured)
