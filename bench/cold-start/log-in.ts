export const email = "ada@example.com";
export const password = "nine copper kettles 4";
