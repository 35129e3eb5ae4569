/** Whether a server's question seems to ask for a one-time code, so that the system may offer the one it just received. */

/** In English, and "verification code" and "dynamic password" in Chinese. */
const codeWords =
  /\b(code|otp|token|totp|2fa|mfa|passcode|one[- ]time|verification|authenticator)\b|\u9a57\u8b49\u78bc|\u9a8c\u8bc1\u7801|\u52d5\u614b\u5bc6\u78bc|\u52a8\u6001\u5bc6\u7801/i;

export const seemsOneTimeCode = (label: string): boolean => codeWords.test(label);
