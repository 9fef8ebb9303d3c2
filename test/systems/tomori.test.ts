import { expect, it } from 'vitest'
import { refusal } from '../support/postgres.js'
import { describeSystem } from './held-to.js'

describeSystem('tomori', 'Tomori', (held) => {
  const configured = (config: unknown): Promise<string> =>
    refusal(
      held().database.query(`INSERT INTO servers (discord_server_id, config) VALUES ('123456789012345678', $1)`, [
        JSON.stringify(config),
      ]),
    )

  const withDialogue = (dialogue: unknown): Promise<string> =>
    refusal(
      held().database.query(`INSERT INTO tomori_instances (personality_data, llm_config) VALUES ($1, '{}')`, [
        JSON.stringify({
          personality_name: 'Tomori',
          personality_description: 'Shy',
          personality_attributes: { shyness: 8, hobbies: ['stones'] },
          sample_dialogue: dialogue,
        }),
      ]),
    )

  it('holds the settings of a server to their shape', async () => {
    expect(await configured({ llm_provider: 'cohere' })).toBe('servers_config_check')
    expect(await configured({ sticker_usage_enabled: 'yes' })).toBe('servers_config_check')
    expect(await configured({ llm_temprature: 1 })).toBe('servers_config_check')
    expect(await configured({ llm_provider: 'google', llm_temperature: 0.9 })).toBe('accepted')
  })

  it('holds a personality to its shape, however deep', async () => {
    expect(await withDialogue([{ role: 'system', content: 'Hello' }])).toBe('tomori_instances_personality_data_check')
    expect(await withDialogue([{ role: 'user' }])).toBe('tomori_instances_personality_data_check')
    expect(await withDialogue([{ role: 'user', content: 'Hello' }])).toBe('accepted')
  })

  it('keeps keys as bytes that only their secret opens', async () => {
    const { database } = held()
    await database.query(
      `INSERT INTO encrypted_api_keys (provider_name, encrypted_key) VALUES ('google', pgp_sym_encrypt($1, $2))`,
      ['a plain key', 'the secret'],
    )
    const opened = (secret: string) =>
      database.query<{ key: string; stored: string }>(
        `SELECT pgp_sym_decrypt(encrypted_key, $1) AS key, encode(encrypted_key, 'escape') AS stored FROM encrypted_api_keys`,
        [secret],
      )
    const [row] = await opened('the secret')
    expect(row?.key).toBe('a plain key')
    expect(row?.stored).not.toContain('a plain key')
    await expect(opened('another secret')).rejects.toThrow('Wrong key or corrupt data')
  })
})
