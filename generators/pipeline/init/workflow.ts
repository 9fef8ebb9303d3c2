import { ownFile, type PlannedFile } from './files.js'

const text = `name: botschema
on:
  push:
  pull_request:

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      # Red when an output is missing, stale, edited by hand or no longer made; the log shows the difference.
      - run: npx botschema check
`

export const workflow: PlannedFile = ownFile('.github/workflows/botschema.yml', text)
