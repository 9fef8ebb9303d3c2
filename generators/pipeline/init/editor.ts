import { relativeTo } from '../paths.js'

/** The line that tells an editor's YAML language server the syntax; it reads the path as seen from the file. */
export const editorLine = (folder: string): string =>
  `# yaml-language-server: $schema=${relativeTo(folder, 'node_modules/botschema/schemas/botschema.schema.json')}\n`
