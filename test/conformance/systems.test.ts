import { testConformance } from './conforming.js'

const systems = ['discord', 'amina', 'tomori', 'companion', 'community', 'starter']

testConformance(systems.map((name) => ({ folder: `schemas/${name}`, corners: 12, withCertain: false, random: 8 })))
