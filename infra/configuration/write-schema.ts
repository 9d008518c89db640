import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsSchema } from './settings.js';

writeFileSync(join(__dirname, 'paperboy.schema.json'), `${JSON.stringify(settingsSchema(), null, 2)}\n`);
