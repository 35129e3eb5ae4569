/** Whether a server's question seems to ask for a one-time code, so that the system may offer the one it just received. */

const words =
  /\b(code|otp|token|totp|2fa|mfa|passcode|one[- ]time|verification|authenticator)\b|驗證碼|验证码|動態密碼|动态密码|確認コード/i;

const passwordWords = /\bpass(word|phrase)\b(?!.*\bcode\b)|密碼|密码/i;

export function seemsOneTimeCode(label: string): boolean {
  return words.test(label) && !(passwordWords.test(label) && !/one[- ]time|動態|动态/i.test(label));
}
