/** The path of a name in a folder. A slash separates on every system, and a backslash that was typed stays. */
export function inFolder(folder: string, name: string): string {
  if (folder === '.') return name
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`
}
