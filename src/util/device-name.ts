/** Names that Windows knows in every folder and with any ending. https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/** Whether a file of this name would be a device on Windows. */
export function isDeviceName(name: string): boolean {
  return DEVICE.test(name);
}
