import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { EmailIdentity, Identity } from "aws-cdk-lib/aws-ses";
import type { Construct } from "constructs";
import { domainOf, type SesMail } from "./stage.ts";

export interface Sender {
  /** To send from this one address, and nothing else. */
  readonly permission: PolicyStatement;
  /** What the domain's DNS has to say before SES sends: `name CNAME value`. None where the identity was there. */
  readonly dkimRecords: readonly string[];
}

/** The SES identity that mails are sent with: the account's own, or one for the domain, which it makes. */
export function createSender(scope: Construct, { from, existingIdentity }: SesMail): Sender {
  if (existingIdentity !== undefined) {
    const identity = EmailIdentity.fromEmailIdentityName(scope, "Sender", existingIdentity);
    return { permission: sending(identity.emailIdentityArn, from), dkimRecords: [] };
  }
  const identity = new EmailIdentity(scope, "Sender", { identity: Identity.domain(domainOf(from)) });
  return {
    permission: sending(identity.emailIdentityArn, from),
    dkimRecords: identity.dkimRecords.map(({ name, value }) => `${name} CNAME ${value}`),
  };
}

/** A domain's identity sends for every address of the domain, so the address is a condition of its own. */
function sending(identityArn: string, from: string): PolicyStatement {
  return new PolicyStatement({
    actions: ["ses:SendEmail"],
    resources: [identityArn],
    conditions: { StringEquals: { "ses:FromAddress": from } },
  });
}
