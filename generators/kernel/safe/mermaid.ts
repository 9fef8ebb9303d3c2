import { visible } from './visible.js'

/** Words that Mermaid's entity and state diagrams take for their own where a name may stand. */
const reserved: ReadonlySet<string> = new Set(
  (
    'acctitle accdescr as bt choice class classdef default direction end erdiagram fork graph join lr many note one only ' +
    'optionally rl root scale start state style subgraph tb td title to u zero'
  ).split(' '),
)

/** A name as an identifier of a diagram: letters, digits and underscores of ASCII. */
export const mermaidIdentifier = (name: string): string => {
  const plain = name.replace(/[^A-Za-z0-9_]/g, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}`)
  const led = /^[A-Za-z]/.test(plain) ? plain : `n_${plain}`
  return reserved.has(led.toLowerCase()) ? `${led}_` : led
}

/** Text as a label: what Mermaid could read as more than text is one of its `#35;` codes. */
export const mermaidLabel = (label: string): string =>
  visible(label)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[^\p{L}\p{M}\p{N} _.,'+/=→-]/gu, (character) => `#${character.codePointAt(0)};`)

/** The name of an entity in an entity diagram, with the name as it is where the identifier had to differ. */
export const mermaidEntity = (name: string): string => {
  const identifier = mermaidIdentifier(name)
  return identifier === name ? identifier : `${identifier}["${mermaidLabel(name)}"]`
}
