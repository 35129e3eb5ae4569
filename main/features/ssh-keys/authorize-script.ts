/** The POSIX scripts that let a public key in on an instance, and that look why a server does not take it. */

const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * Adds a line to the authorized keys, once. Says `installed`, `already-there`, or `failed` and the reason.
 * @param publicKey `type base64 comment`, one line
 */
export function authorizeScript(publicKey: string): string {
  const [type = '', base64 = ''] = publicKey.split(' ');
  return `umask 077
line=${shellQuoted(publicKey)}
key=${shellQuoted(`${type} ${base64}`)}
folder="$HOME/.ssh"
file="$folder/authorized_keys"
if [ -f "$file" ] && grep -v '^[[:space:]]*#' "$file" | grep -qF "$key"; then
  echo already-there
  exit 0
fi
if [ ! -d "$folder" ]; then
  said=$(mkdir -p "$folder" 2>&1) || { echo "failed $said"; exit 0; }
fi
if [ -s "$file" ] && [ -n "$(tail -c 1 "$file")" ]; then
  line="
$line"
fi
said=$( { printf '%s\\n' "$line" >> "$file"; } 2>&1 ) || { echo "failed $said"; exit 0; }
chmod go-w "$folder" "$file"
if command -v restorecon > /dev/null 2>&1; then restorecon -R "$folder" > /dev/null 2>&1; fi
grep -qF "$key" "$file" && echo installed || echo "failed $file"
`;
}

/** What decides whether a key counts: the server's settings as far as they may be read, and who may write the files. */
export const refusalFactsScript = `PATH="$PATH:/usr/sbin:/sbin"
{ sshd -T 2> /dev/null || cat /etc/ssh/sshd_config.d/*.conf /etc/ssh/sshd_config 2> /dev/null; } |
  grep -i -E '^[[:space:]]*(pubkeyauthentication|authorizedkeysfile|strictmodes)[[:space:]]' | sed 's/^/setting /'
for path in "$HOME" "$HOME/.ssh" "$HOME/.ssh/authorized_keys"; do
  echo "mode $(ls -ld "$path" | cut -c 1-10) $path"
done
`;
