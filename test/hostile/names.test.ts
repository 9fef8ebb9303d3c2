import { testAnyName } from './any-name.js'
import { namePlaces } from './names.js'

testAnyName('what an entity names', namePlaces)
