import pg from 'pg'

/** Does something in a database of its own on a server, which is dropped afterwards. */
export const inDatabase = async (url, work) => {
  const admin = new pg.Client(url)
  await admin.connect()
  const name = `botschema_bench_${process.pid}`
  await admin.query(`CREATE DATABASE ${name}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  const client = new pg.Client(own.href)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
    await admin.query(`DROP DATABASE ${name}`)
    await admin.end()
  }
}
