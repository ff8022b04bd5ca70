/** What `npm start` prints once it serves: the URL, the four steps, to be pasted into any POSIX shell, and what to open. */
export function welcome(url: string): string {
  const post = `-H "Content-Type: application/json" -X POST -d '{"email":"test@example.com","password":"correct horse battery"}'`;
  const token = `sed 's/.*"token":"\\([^"]*\\)".*/\\1/'`;
  return `
Gatehouse is at ${url} (Ctrl-C stops it). Register, log in, and use the token:

  curl ${post} ${url}/register
  curl ${post} ${url}/login
  TOKEN=$(curl -s ${post} ${url}/login | ${token}); curl -H "Authorization: Bearer $TOKEN" ${url}/me
  curl -H "Authorization: $TOKEN" ${url}/me

Or in a browser: ${url}/ has pages for all of it.
Every mail it sends lands in ${url}/_local/mail, and here in a line.
Every route is described at ${url}/docs, to be tried out.
`;
}
