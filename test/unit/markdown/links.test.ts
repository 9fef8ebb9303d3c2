import { describe, expect, it } from 'vitest'
import { anchorsOf } from '../../../generators/kernel/safe/markdown.js'
import { compileFolder } from '../../support/compile.js'
import { emitted } from './emitted.js'

const prose = (page: string): string => page.replace(/^(`{3,})\w+\n[\s\S]*?\n\1$/gm, '')

const headingsOf = (page: string): readonly string[] =>
  [...prose(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.replace(/\\(?=[!-/:-@[-`{-~])/g, ''))

/** The places that a page's links lead to beside the web, as `file.md#anchor`. */
const placesIn = (file: string, page: string): readonly string[] =>
  [...prose(page).matchAll(/\]\((?!https?:)([^)#]*)(#[^)]*)?\)/g)].map(
    ([, path = '', anchor = '']) => `${path === '' ? file : path}${anchor}`,
  )

describe.each(['amina', 'community'])('the docs of %s', (name) => {
  it('lead nowhere that is not there', async () => {
    const { value, diagnostics } = compileFolder(`schemas/${name}`)
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    if (value === null) throw new Error('the set compiles')
    const files = [...(await emitted(value.set))].map(([path, page]) => [path.replace('markdown/', ''), page] as const)
    const places = new Set(
      files.flatMap(([file, page]) => [file, ...anchorsOf(headingsOf(page)).map((anchor) => `${file}#${anchor}`)]),
    )
    const links = files.flatMap(([file, page]) => placesIn(file, page))
    expect(links.length).toBeGreaterThan(50)
    expect(links.filter((place) => !places.has(place))).toEqual([])
  })
})
