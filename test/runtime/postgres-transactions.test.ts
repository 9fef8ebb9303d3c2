import { PGlite } from '@electric-sql/pglite'
import { Client, Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { UnknownOutcomeError, UsageError } from '../../runtime/src/errors.js'
import type { SqlClient } from '../../runtime/src/postgres/client.js'
import { type Session, sessionOf } from '../../runtime/src/postgres/session.js'
import { serverUrl } from '../support/postgres.js'

const schema = `botschema_runtime_${process.pid}`

const wallets = `
DROP TABLE IF EXISTS wallets;
CREATE TABLE wallets (id integer PRIMARY KEY, coins integer NOT NULL CHECK (coins >= 0));
INSERT INTO wallets VALUES (1, 100), (2, 100)`

const add = (db: SqlClient, id: number, coins: number): Promise<unknown> =>
  db.query('UPDATE wallets SET coins = coins + $2 WHERE id = $1', [id, coins])

const coinsIn = async (db: SqlClient): Promise<unknown> =>
  (await db.query('SELECT id, coins FROM wallets ORDER BY id', [])).rows

const at = (first: number, second: number) => [
  { id: 1, coins: first },
  { id: 2, coins: second },
]

/** What every client has to do, be it a pool or not. */
const transactionsOn = (open: () => SqlClient): void => {
  let db: SqlClient
  let session: Session
  beforeEach(async () => {
    db = open()
    session = sessionOf(db)
    for (const statement of wallets.split(';')) await db.query(statement, [])
  })

  it('commit what the callback did, and return its result', async () => {
    const result = await session.transaction(async (tx) => {
      await add(tx, 1, -5)
      await add(tx, 2, 5)
      return 'paid'
    })
    expect([result, await coinsIn(db)]).toEqual(['paid', at(95, 105)])
  })

  it('roll back what a callback did that rejects', async () => {
    const failing = session.transaction(async (tx) => {
      await add(tx, 1, -5)
      throw new RangeError('no')
    })
    await expect(failing).rejects.toThrow(RangeError)
    expect(await coinsIn(db)).toEqual(at(100, 100))
  })

  it('roll back what a function that throws at once did', async () => {
    const failing = session.transaction(() => {
      throw new RangeError('at once')
    })
    await expect(failing).rejects.toThrow('at once')
    expect(await coinsIn(db)).toEqual(at(100, 100))
  })

  it('reject once a statement was refused, even where the callback swallowed the error', async () => {
    const swallowing = session.transaction(async (tx) => {
      await add(tx, 2, 5)
      await add(tx, 1, -500).catch(() => null)
      return 'fine'
    })
    await expect(swallowing).rejects.toMatchObject({ code: '23514' })
    expect(await coinsIn(db)).toEqual(at(100, 100))
  })

  it('wait for statements that the callback did not await', async () => {
    await session.transaction(async (tx) => {
      void add(tx, 1, 1)
      void add(tx, 2, 1)
    })
    expect(await coinsIn(db)).toEqual(at(101, 101))
  })

  it('reject where a statement that was not awaited is refused', async () => {
    const careless = session.transaction(async (tx) => {
      void add(tx, 1, -500).catch(() => null)
    })
    await expect(careless).rejects.toMatchObject({ code: '23514' })
  })

  it('nest at a savepoint, whose failure leaves the rest', async () => {
    await session.transaction(async (tx) => {
      await add(tx, 1, 1)
      await expect(tx.transaction((inner) => add(inner, 2, -500))).rejects.toMatchObject({ code: '23514' })
      await tx.transaction((inner) => add(inner, 2, 2))
    })
    expect(await coinsIn(db)).toEqual(at(101, 102))
  })

  it('nest in turns when they begin at once, and keep other statements out', async () => {
    await session.transaction(async (tx) => {
      const results = await Promise.allSettled([
        tx.transaction(async (inner) => {
          await add(inner, 1, 1)
          await add(inner, 1, -500)
        }),
        add(tx, 2, 7),
        tx.transaction((inner) => add(inner, 1, 3)),
      ])
      expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    })
    expect(await coinsIn(db)).toEqual(at(103, 107))
  })

  it('refuse the storage around them in their own callback, instead of waiting for ever', async () => {
    const wrong = session.transaction(() => session.query('SELECT 1', []))
    await expect(wrong).rejects.toSatisfy(UsageError.is)
    await expect(session.transaction(() => session.transaction(async () => 1))).rejects.toSatisfy(UsageError.is)
    const deeper = session.transaction((tx) => tx.transaction(() => tx.query('SELECT 1', [])))
    await expect(deeper).rejects.toSatisfy(UsageError.is)
  })

  it('refuse statements after their end', async () => {
    let kept: Session | null = null
    await session.transaction(async (tx) => {
      kept = tx
    })
    const late = (kept as Session | null)?.query('SELECT 1', [])
    await expect(late).rejects.toSatisfy(UsageError.is)
  })

  it('say that a commit failed which a deferred constraint refuses', async () => {
    await db.query('ALTER TABLE wallets ADD COLUMN heir integer REFERENCES wallets DEFERRABLE INITIALLY DEFERRED', [])
    const orphan = session.transaction((tx) => tx.query('UPDATE wallets SET heir = 9 WHERE id = 1', []))
    await expect(orphan).rejects.toMatchObject({ code: '23503' })
    expect(await session.transaction(async () => 'next')).toBe('next')
  })

  it('try again what Postgres asks to be tried again, and no more often than told', async () => {
    let calls = 0
    const conflicting = (retry: number) => {
      calls = 0
      return session.transaction(
        (tx) => {
          calls += 1
          return tx.query(`DO $$ BEGIN RAISE SQLSTATE '40001'; END $$`, []).catch((cause) => {
            throw new Error('wrapped', { cause })
          })
        },
        { retry },
      )
    }
    await expect(conflicting(2)).rejects.toThrow('wrapped')
    expect(calls).toBe(3)
    await expect(conflicting(0)).rejects.toThrow('wrapped')
    expect(calls).toBe(1)
  })
}

describe('transactions of PGlite', () => {
  let engine: PGlite
  beforeAll(async () => {
    engine = await PGlite.create()
  })
  afterAll(() => engine.close())
  transactionsOn(() => engine)

  it('nest in a transaction that the caller began', async () => {
    await engine.exec('BEGIN')
    await sessionOf(engine).transaction((tx) => add(tx, 1, 1))
    await engine.exec('ROLLBACK')
    expect(await coinsIn(engine)).toEqual(at(100, 100))
  })

  it('keep statements of others waiting, which would be rolled back with them', async () => {
    const session = sessionOf(engine)
    const failing = session.transaction(async (tx) => {
      await add(tx, 1, 5)
      throw new RangeError('no')
    })
    const other = add(sessionOf(engine), 2, 5)
    await expect(failing).rejects.toThrow(RangeError)
    await other
    expect(await coinsIn(engine)).toEqual(at(100, 105))
  })
})

const onServer = describe.skipIf(serverUrl === null)

onServer('transactions on a server (POSTGRES_TEST_URL)', () => {
  const options = { connectionString: serverUrl ?? '', options: `-c search_path=${schema} -c deadlock_timeout=20ms` }
  let pool: Pool
  let client: Client
  beforeAll(async () => {
    pool = new Pool({ ...options, max: 16 })
    client = new Client(options)
    await client.connect()
    await client.query(`CREATE SCHEMA ${schema}`)
  })
  afterAll(async () => {
    await client.query(`DROP SCHEMA ${schema} CASCADE`)
    await client.end()
    await pool.end()
  })

  describe('of a standalone client', () => transactionsOn(() => client))

  describe('of a client that a pool has lent', () => {
    it('leave the client to the caller', async () => {
      const lent = await pool.connect()
      expect(await sessionOf(lent).transaction(async () => 'done')).toBe('done')
      expect((await lent.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
      lent.release()
    })
  })

  describe('of a pool', () => {
    transactionsOn(() => pool)

    const processOf = async (db: SqlClient): Promise<number> => {
      const [row] = (await db.query('SELECT pg_backend_pid() AS pid', [])).rows
      return Number((row as { readonly pid: number }).pid)
    }
    const terminate = (pid: number) => client.query('SELECT pg_terminate_backend($1)', [pid])

    it('go on after a backend was ended in the middle of one', async () => {
      const session = sessionOf(pool)
      const killed = session.transaction(async (tx) => {
        await add(tx, 1, 5)
        await terminate(await processOf(tx))
        await new Promise((resolve) => setTimeout(resolve, 50))
        await add(tx, 2, 5)
      })
      await expect(killed).rejects.toThrow()
      expect(await coinsIn(pool)).toEqual(at(100, 100))
      expect(await session.transaction(async () => 'next')).toBe('next')
    })

    it('say that nobody knows where a connection was lost during COMMIT', async () => {
      const session = sessionOf(pool)
      await pool.query(`CREATE OR REPLACE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(5); RETURN NULL; END $$`)
      await pool.query(`CREATE CONSTRAINT TRIGGER lingering AFTER UPDATE ON wallets DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION linger()`)
      let runs = 0
      const lost = session.transaction(async (tx) => {
        runs += 1
        await add(tx, 1, 5)
        const pid = await processOf(tx)
        setTimeout(() => void terminate(pid), 100)
      })
      await expect(lost).rejects.toSatisfy(UnknownOutcomeError.is)
      expect(runs).toBe(1)
      expect(await session.transaction(async () => 'next')).toBe('next')
    })

    it('pay both ways at once, where each locks in one order', async () => {
      const session = sessionOf(pool)
      const pay = (from: number, to: number) =>
        session.transaction(async (tx) => {
          await tx.query('SELECT id FROM wallets WHERE id = ANY($1::integer[]) ORDER BY id FOR UPDATE', [[from, to]])
          await add(tx, from, -1)
          await add(tx, to, 1)
        })
      await Promise.all(Array.from({ length: 60 }, (_, turn) => (turn % 2 === 0 ? pay(1, 2) : pay(2, 1))))
      expect(await coinsIn(pool)).toEqual(at(100, 100))
    })

    it('pay both ways at once without an order, by trying again after deadlocks', async () => {
      const session = sessionOf(pool)
      const pay = (from: number, to: number) =>
        session.transaction(
          async (tx) => {
            await add(tx, from, -1)
            await add(tx, to, 1)
          },
          { retry: 100 },
        )
      await Promise.all(Array.from({ length: 8 }, (_, turn) => (turn % 2 === 0 ? pay(1, 2) : pay(2, 1))))
      expect(await coinsIn(pool)).toEqual(at(100, 100))
    })

    it('give every client back', async () => {
      expect([pool.totalCount - pool.idleCount, pool.waitingCount]).toEqual([0, 0])
    })
  })
})
