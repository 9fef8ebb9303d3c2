import { testAnyName } from './any-name.js'
import { storePlaces } from './names.js'

testAnyName('what stores name', storePlaces)
