import { Stack } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import type { Construct } from "constructs";
import { domainOf, type SesMail } from "./stage.ts";

export interface Sender {
  /** To send from this one address, under this one configuration set, and nothing else. */
  readonly permission: PolicyStatement;
  /** What the domain's DNS has to say before SES sends: `name CNAME value`. None where the identity was there. */
  readonly dkimRecords: readonly string[];
}

/**
 * The SES identity that mails are sent with: the account's own, or one for the domain, which it makes. And what they are sent
 * under: it tells EventBridge what comes back, and sends only where the way to the other server is encrypted, since a mail
 * of ours opens an account.
 */
export function createSender(
  scope: Construct,
  { from, existingIdentity }: SesMail,
  configurationSetName: string,
): Sender {
  const configurationSet = new ConfigurationSet(scope, "Mails", {
    configurationSetName,
    reputationMetrics: true,
    // SES itself sends nothing more to an address that refused a mail of this account.
    suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
  });
  configurationSet.addEventDestination("MailEvents", {
    // SES takes no other bus (SES guide, "Set up an EventBridge event destination").
    destination: EventDestination.eventBus(EventBus.fromEventBusName(scope, "DefaultBus", "default")),
    events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
  });
  const sending = (identityArn: string) =>
    sendingFrom(from, [identityArn, configurationSetArnOf(scope, configurationSetName)]);

  if (existingIdentity !== undefined) {
    const identity = EmailIdentity.fromEmailIdentityName(scope, "Sender", existingIdentity);
    return { permission: sending(identity.emailIdentityArn), dkimRecords: [] };
  }
  const identity = new EmailIdentity(scope, "Sender", { identity: Identity.domain(domainOf(from)) });
  return {
    permission: sending(identity.emailIdentityArn),
    dkimRecords: identity.dkimRecords.map(({ name, value }) => `${name} CNAME ${value}`),
  };
}

/** A domain's identity sends for every address of the domain, so the address is a condition of its own. */
function sendingFrom(from: string, resources: string[]): PolicyStatement {
  return new PolicyStatement({
    actions: ["ses:SendEmail"],
    resources,
    conditions: { StringEquals: { "ses:FromAddress": from } },
  });
}

/** SES asks for a grant on it besides that on the identity (SES guide, "Identity and access management", resources). */
function configurationSetArnOf(scope: Construct, resourceName: string): string {
  return Stack.of(scope).formatArn({ service: "ses", resource: "configuration-set", resourceName });
}
