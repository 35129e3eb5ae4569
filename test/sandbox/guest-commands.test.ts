/** Commands in a guest, run over SSH as tools run them: output, errors, status, bytes. */
import { getCommandNames } from 'just-bash/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../main/sandbox/guest/commands/catalogue.ts';
import { bashCommands } from '../../main/sandbox/guest/files/bash-commands.ts';
import { startTestGuest, type TestGuest } from '../support/guest.ts';

let guest: TestGuest;
beforeAll(async () => {
  guest = await startTestGuest({
    gpus: [
      { name: 'NVIDIA H100', memoryMb: 81_559 },
      { name: 'NVIDIA H100', memoryMb: 81_559 },
    ],
    datadrive: { files: [], readOnly: true },
  });
});
afterAll(() => guest.stop());

it('has a path for every command there is', () => {
  expect([...bashCommands].sort()).toEqual([...new Set([...getCommandNames(), 'tar'])].sort());
});

it.each(catalogue.flatMap(({ names }) => names))('finds %s', async (name) => {
  expect((await guest.run(`command -v ${name}`)).output).toMatch(new RegExp(name));
});

describe('status, input and errors', () => {
  it.each([
    ['true', '', '', '', 0],
    ['exit 3', '', '', '', 3],
    ['echo out; echo err >&2', '', 'out\n', 'err\n', 0],
    ['nosuch', '', '', 'bash: nosuch: command not found\n', 127],
    ['cat', '你好\n', '你好\n', '', 0],
    ['wc -c', '12345', '5\n', '', 0],
    ['while read -r l; do echo "[$l]"; done', 'a\nb\n', '[a]\n[b]\n', '', 0],
    ['sh', 'echo $((6*7)); exit 9', '42\n', '', 9],
    ['bash -s one two', 'echo "$2 $1"', 'two one\n', '', 0],
    ['yes | head -n 2', '', 'y\ny\n', '', 0],
    ['echo x | grep y', '', '', '', 1],
    ['sleep 9 & p=$!; kill $p; echo killed', '', expect.stringContaining('killed'), '', 0],
    ['timeout 0.1 sleep 9; echo $?', '', '124\n', '', 0],
    ['cd /nowhere', '', '', expect.stringContaining('No such file or directory'), 1],
    ['echo no > /datadrive/x', '', '', expect.stringMatching(/[Rr]ead-only file system/), 1],
    ['touch /proc/x', '', '', expect.stringContaining('x'), 1],
    ['echo 中文 | while read -r a; do echo "[$a]"; done', '', '[中文]\n', '', 0],
    ['read a b; echo "$b $a"', '一 二\n', '二 一\n', '', 0],
    ['bash /nowhere', '', '', 'bash: /nowhere: No such file or directory\n', 127],
    ['echo $GREETING $HOME $USER', '', '你好 /root root\n', '', 0],
    ['printf "%s\\n" "  kept  "', '', '  kept  \n', '', 0],
    ['cat <<E\n  indented\nE', '', '  indented\n', '', 0],
    ['echo "$(date +%Y)" > y; test "$(cat y)" -gt 2000', '', '', '', 0],
  ])('%s', async (command, input, output, errors, status) => {
    expect(await guest.run(command, input)).toEqual({ output, errors, status });
  });
});

describe('the machine', () => {
  it.each([
    ['uname -srm', /^Linux 6\.8\.0-sandbox x86_64\n$/],
    ['uname', /^Linux\n$/],
    ['hostname', /^sdxl-train-03\n$/],
    ['nproc', /^8\n$/],
    ['whoami; id -u', /^root\n0\n$/],
    ['uptime', /up 0 min, {2}\d users?, {2}load average: \d/],
    ['df -h /', /\/dev\/vda1\s+200G\s+19G/],
    ['df -Pk / | tail -n 1', /^\/dev\/vda1 +209715200 +\d+ +\d+ +\d+% \/\n$/],
    ['df -h /datadrive', /^datadrive +1\.0T/m],
    ['free -m', /^Mem: +32768 +\d+/m],
    ['ps aux', /root +412 .*jupyter-lab/],
    ['ps -ef', /UID +PID +PPID/],
    ['ps -o pid,comm', /412 +jupyter-lab/],
    ['cat /proc/meminfo', /MemTotal: +33554432 kB\nMemFree/],
    ['grep -c ^processor /proc/cpuinfo', /^8\n$/],
    ['cat /proc/loadavg', /^\d\.\d\d \d\.\d\d \d\.\d\d \d+\/\d+ \d+\n$/],
    ['cat /proc/412/comm', /^jupyter-lab\n$/],
    ['cat /etc/fstab', /\/datadrive/],
    ['. /etc/os-release; echo $PRETTY_NAME', /PyTorch 2\.4.*Pilothouse sandbox/],
    ['mount', /datadrive on \/datadrive type nfs4 \(ro/],
    ['date -u +%Z', /^UTC\n$/],
    [
      'ls -l /root/train.py',
      /^-rw-r--r-- 1 root root +\d+ \w{3} [ \d]\d \d\d:\d\d \/root\/train\.py\n$/,
    ],
    ['ls /root', /^README\.txt\ntrain\.py\nwelcome\.ipynb/],
    ['env', /^(?![\s\S]*__)[\s\S]*SSH_CONNECTION=127\.0\.0\.1/],
    ['ping -c 1 localhost', /1 packets transmitted, 1 received/],
    ['ping example.com; true', /^$/],
    ['top -b -n 1', /^top - [\s\S]*Tasks: \d+ total/],
    ['pip install einops && pip list', /Successfully installed einops[\s\S]*einops +1\.0\.0/],
    ['apt-get install -y htop', /Setting up htop/],
    ['python3 -c "print(1+1)"; python3 --version', /^2\nPython 3/],
    [
      'python3 train.py --steps 2 --interval 0.01 --out ck && ls ck',
      /step 2\/2 loss[\s\S]*step-000002\.pt\n$/,
    ],
  ])('%s', async (command, output) => {
    expect((await guest.run(command)).output).toMatch(output);
  });
});

describe('nvidia-smi', () => {
  it.each([
    [
      'nvidia-smi',
      /NVIDIA H100[\s\S]*No running processes[\s\S]*Simulated by the Pilothouse sandbox/,
    ],
    ['nvidia-smi -L', /^GPU 0: NVIDIA H100 \(UUID: GPU-\S+\)\nGPU 1: /],
    [
      'nvidia-smi --query-gpu=name,utilization.gpu,memory.used,memory.total --format=csv,noheader,nounits',
      /^NVIDIA H100, 0, 4, 81559\nNVIDIA H100, 0, 4, 81559\n$/,
    ],
    [
      'nvidia-smi --query-gpu=index,memory.total,power.draw --format=csv',
      /^index, memory\.total \[MiB\], power\.draw \[W\]\n0, 81559 MiB, [\d.]+ W\n/,
    ],
    ['nvidia-smi --query-gpu=nonsense --format=csv', /^Field "nonsense" is not a valid field/],
    ['timeout 1 nvidia-smi --query-gpu=index --format=csv,noheader -l 1 | head -n 3', /^0\n1\n0?/],
  ])('%s', async (command, output) => {
    expect((await guest.run(command)).output).toMatch(output);
  });

  it('finds no device where there is none', async () => {
    const plain = await startTestGuest({ gpus: [] });
    expect(await plain.run('nvidia-smi')).toMatchObject({ status: 6 });
    await plain.stop();
  });
});

describe('archives', () => {
  it('packs and unpacks a directory with its links and modes', async () => {
    const { output } = await guest.run(
      'cd /tmp && mkdir -p a/b && echo 1 > a/b/f && chmod 750 a/b/f && ln -s b/f a/l && ' +
        'tar czf a.tgz a && mkdir out && tar xzvf a.tgz -C out && ls -l out/a/b && cat out/a/l',
    );
    expect(output).toMatch(/a\/b\/f\n[\s\S]*-rwxr-x--- 1 root root +2 [\s\S]*f\n1\n$/);
  });

  it('gzips', async () => {
    expect((await guest.run('seq 1 1000 | gzip -c | gunzip | tail -n 1')).output).toBe('1000\n');
  });
});
