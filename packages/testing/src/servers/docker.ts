import { connect } from 'node:net';
import type { Found } from './names.ts';

const images = {
  mongo: { image: 'mongo:8', port: 27017, ready: /Waiting for connections/, env: {}, address: (at: string) => `mongodb://${at}` },
  amqp: {
    image: 'rabbitmq:4',
    port: 5672,
    ready: /Server startup complete/,
    // RabbitMQ lets its user guest in from its own machine only, unless an image says otherwise.
    env: { RABBITMQ_DEFAULT_USER: 'tests', RABBITMQ_DEFAULT_PASS: 'tests' },
    address: (at: string) => `amqp://tests:tests@${at}`,
  },
  redis: { image: 'redis:8', port: 6379, ready: /Ready to accept connections/, env: {}, address: (at: string) => `redis://${at}` },
} as const;

/** A pull that takes longer counts as an image that cannot be had. */
const patience = 180_000;

/** A container that is kept and found again by the next run. Looks for the engine's socket before it loads anything. */
export async function inDocker(name: keyof typeof images): Promise<Found> {
  if (!(await engineAnswers())) return { reason: 'no Docker' };
  const { image, port, ready, env, address } = images[name];
  // Its helper would end the containers with this process.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  try {
    const { GenericContainer, Wait } = await import('testcontainers');
    const starting = new GenericContainer(image)
      .withExposedPorts(port)
      .withEnvironment(env)
      .withWaitStrategy(Wait.forLogMessage(ready))
      .withLabels({ 'sidekick-test-server': name })
      .withReuse()
      .start();
    const container = await Promise.race([starting, tooLate(image)]);
    return { address: address(`${container.getHost()}:${container.getMappedPort(port)}`) };
  } catch (error) {
    return {
      reason: `Docker: ${String((error as Error).message)
        .split('\n')[0]
        ?.slice(0, 200)}`,
    };
  }
}

function tooLate(image: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error(`${image} not there after ${patience / 1000} s`)), patience).unref();
  });
}

function engineAnswers(): Promise<boolean> {
  const host = process.env['DOCKER_HOST'];
  const { protocol, hostname, port, pathname } = new URL(host || 'unix:///var/run/docker.sock');
  const socket = protocol === 'unix:' ? connect({ path: pathname }) : connect({ host: hostname, port: Number(port || 2375) });
  return new Promise((resolve) => {
    const answer = (there: boolean) => {
      socket.destroy();
      resolve(there);
    };
    socket.setTimeout(1_000, () => answer(false));
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}
