/** One sandbox: the world, the cloud API it imitates, and the levers, behind one web server. */
import { answerControl, controlBasePath } from './control.ts';
import { answerGlows, glowsBasePath, hasToken } from './dialects/glows/dialect.ts';
import { textAnswer } from './http/answer.ts';
import { createFaultSource, type Faults } from './http/faults.ts';
import { startHttpServer } from './http/http-server.ts';
import { startWorld, type World, type WorldOptions } from './world/world.ts';

export interface SandboxOptions extends WorldOptions {
  readonly port: number;
  readonly faults: Faults;
}

export interface Sandbox {
  readonly url: string;
  readonly token: string;
  readonly world: World;
  stop(): Promise<void>;
}

/** @throws when the port or the directory cannot be had */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const faults = createFaultSource(options.seed, options.faults);
  const world = startWorld(options);
  try {
    await world.caughtUp();
    const server = await startHttpServer({
      port: options.port,
      faults,
      basePath: glowsBasePath,
      log: options.log,
      async answer(request) {
        if (request.path.startsWith(`${glowsBasePath}/`)) return answerGlows(world, request);
        if (!request.path.startsWith(controlBasePath)) {
          return textAnswer(404, `Pilothouse sandbox: a simulated cloud, see ${glowsBasePath}.\n`);
        }
        if (!hasToken(request, world.token)) return textAnswer(401, 'The token is wrong.\n');
        return answerControl(world, faults, request);
      },
    });
    return {
      url: server.url,
      token: world.token,
      world,
      async stop() {
        await server.stop();
        await world.stop();
      },
    };
  } catch (error) {
    await world.stop();
    throw error;
  }
}
