/** Where the stacks of a test would be deployed. */
export const account = "123456789012";
export const region = "eu-west-1";
