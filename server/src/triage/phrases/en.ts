/** English: word sets, and requests for a person. */
import { englishRisks } from './en-risks.ts';
import type { RulePhrases } from './text-rule.ts';

export const english: RulePhrases = {
  sets: {
    machine:
      'bot, bots, robot, robots, machine, machines, computer, ai, chatbot, chatbots, automated system, software, program, algorithm',
    speak:
      'speak~, speaking~, speek, talk, tlak, talking~, talkign, talkiing, chat, chatt, caht, cht, chay, chatting~, converse, live chat',
    want: 'want, wanna, need, needs, require, prefer, demand, request, like, rather, gimme, give, get, find',
    human:
      'human~, humans, agent, agents, agnet, ajent, operator~, operater, representative~, representitive, rep, reps, assistant~, asisstant, specialist, supervisor, customer service rep, support person, human being, real person, actual person, live person, real human, real people',
    someone:
      '*somebody, *someone, somneone, someoen, somenoe, some one, some body, any one, anyone, anybody, person~, eprson, people',
    team: 'manager, advisor, adviser, staff, employee, colleague, customer service, customer support, customer assistance, customer care, support team, support staff, your team',
    dont: 'dont, do not, doesnt, does not, didnt, did not, never, not, no',
    polite: 'please, pls, plz, now, a, an, the, hi, hello, hey, ok, just, only, asap, thanks',
    move: 'connect, connecting, transfer, direct, redirect, forward, pass, route, put, switch, hand, refer, link, udirect',
    thief:
      'someone~, somebody~, some one, stranger, strangers, thief, thieves, hacker, hackers, scammer, scammers, criminal, criminals, fraudster, another person, unknown person, some loser, some guy',
    payment:
      'charge, charges, payment, payments, transaction, transactions, purchase, purchases, debit, debits, withdrawal, withdrawals, transfer, transfers, order, orders',
    asset:
      'card, cards, account, accounts, money, identity, name, details, email, password, data, funds, pin, wallet, information, info, bank, savings, credit',
    scam: 'fraud, farud, fruad, fraudulent, fraudulently, fraudster, fraudsters, phishing, phished, scammed, scam, scams, scamming, scammer, scammers, hacked, hacker, hackers, hacking, hijacked, defrauded, swindled, identity theft',
    authority:
      'ombudsman, trading standards, consumer protection, consumer protection agency, better business bureau, bbb, ftc, cfpb, attorney general, regulator, consumer court, consumer forum, consumer affairs, consumer rights agency, data protection authority, police, authorities',
    issuer:
      'bank, banks, card company, credit card, credit card company, card issuer, card provider, paypal, klarna, visa, mastercard, amex, american express',
    victim:
      'child, kid, son, daughter, baby, toddler, wife, husband, mother, father, girl, boy, grandson, granddaughter',
  },
  phrases: {
    'person-request': [
      'put|get|keep ..1 me|us ..1 in touch|contact|through ..4 {human}|{someone}|{team}',
      '{human}|{someone}|{team} ..1 look|check|review|see|handle|investigate|go ..3 into|at|my|this',
      'no more|automated ..1 automated|replies|answers|responses|messages ..1 human|replies|answers|responses',
      'human|agent|person|representative now|immediately|asap',

      '{dont} {want} ..2 {speak} ..3 {machine}',
      '{dont}|stop|tired|sick|done|enough|hate|instead|no {speak}|more|of|with ..3 {machine}',
      '{dont} {want} ..1 {machine}',
      'no more? {machine}',
      'rather than|instead_of ..2 {machine}',
      'is|are ..1 anyone|anybody|someone|somebody ..2 there|here|around|available|online|listening|alive|assist',
      'anyone|anybody|someone there|here|around|available ..1 $',
      'any|some|actual|real humans|human|people|person ..1 around|there|here|available|online|out',
      'give|ring|phone me a? call|ring|callback',
      'someone|somebody|anyone|support ..4 call|ring|phone me',
      'someone|somebody|anyone|support ..4 give me|us ..1 call|ring',
      'call_center|call_centre|customer_care|customer_service|customer_support|helpline|hotline ..2 unavailable|unreachable',
      'call_center|call_centre|customer_care|customer_service|customer_support|helpline|hotline ..3 not ..1 available|reachable|picking|answering|responding',
      'no_one|noone|nobody ..1 answering|picking|responding|replying up? $',
      'no_one|noone|nobody ..1 answering|answers|picks|picking|responding|responds|replying|replies ..3 phone|call|calls|me|us|chat|mail|mails|email|emails',
      'can|could|may i {speak} to|with you|u {polite}? $',
      '^ {polite}? contact|call ..1 support|{team} {polite}? $',
      'get in_touch with {human}|{someone}|{team}',
      'whoever ..2 in charge',
      'person in charge',
      'your|the supervisor|boss|manager|superior',
      'connect|connecting ..1 to|with ..2 {human}|{team}|executive',
      '{human} ..1 to {speak}|answer|reply|respond|assist',
      '{speak} ..3 executive|whoever|hooman|human_being|representitive|responsible',
      '^ {polite}? hooman|hoomans|humon|humn {polite}? $',
      '^ {polite}? {polite}? speak|talk|chat to|with {human}|{someone}|{team}',
      'need|want ..1 customer_support|customer_service|customer_care|live_support|live_help',

      '{speak} ..5 {human}|{someone}|{team}',
      'contact|contacting|reach|reaching|call|calling ..3 {human}|{someone}',
      '{want} ..4 {human}',
      'get|give|find me|us ..2 {someone}|manager|supervisor|colleague',
      'want|need|wanna|rather|prefer ..2 person~|manager|someone|somebody',
      'want|wanna|need|help|assistance|assist ..4 with a|an|some {human}|{someone}',
      '{move} ..2 me|us|this ..4 {human}|{someone}|{team}',
      '*direct ..2 me ..2 {human}|{someone}',
      'real|actual|live|living|breathing|flesh person~|human~|people|agent|representative|rep|someone|operator',
      '^ {polite}? {polite}? {polite}? {human} {polite}? {polite}? $',
      '^ {polite}? person|someone|somebody|manager|representative {polite} $',
      '^ {polite}? human|live_help|support|assistance {polite}? $',
      '^ {polite}? talk|speak {polite}? $',
      'have ..1 {someone}|{human}|{team} ..1 call|phone|ring|contact|look|check|review|write|email',
      'someone|somebody|anyone ..1 call|phone|ring me',
      '{want} ..2 callback|call_back',
      'escalate ..4 {team}|{human}|{someone}',
      'want|wanna|need to escalate',
      'human|manual support|help|assistance|contact|service',
      '{move} me|us ..4 department|dept|departments|retention|retentions|billing_team|sales_team|complaints_team',
      'have ..4 colleague|colleagues|team|advisor|manager ..1 get_in_touch|contact|call|phone|ring|write',
      'prefer|rather|want|wanna|like ..2 discuss ..4 with ..3 {human}|{team}',
      'who can|do|could i|we {speak} to|with',
    ],
    'not-person-request': [
      'what|which|how ..3 {human}|{someone} ..2 check|review|see|look',

      'store|shop|account|product|brand|campaign|social manager',
      'manager ..1 app|software|password',
      'human readable',

      '{dont} {want}|have|wish ..4 {human}|{someone}|{team}',
      'no need ..5 {human}|{someone}|{team}',
      'what|which hours|time ..3 {speak}|get|contact|reach ..4 {human}|{someone}|{team}',
      'number to {speak} ..4 {human}|{someone}|{team}',
      'rather|other than ..4 {human}|{someone}|{team}',
      'without ..4 {human}|{someone}|{team}',
      'instead of ..3 {human}|{someone}|{team}',
      'are|am|is you|i|this|it ..3 {human}|{someone}|bot|robot',
      'agent|agents|representative|operator|assistant program|programme|programmes|account|accounts|code|commission|fee|portal|discount|price|app',
      'call|calls|called someone|somebody who|with|that|from',
      'do|would i|we|you ..1 need|have to {speak} ..4 {human}|{someone}|{team}',
      'was|were|been {speak} ..5 {human}|{someone}|{team}',
      'person|someone|somebody|people to|who|that|can ..1 sign|carry|collect|receive|accept|pick|assemble|lift|delivered',
      'help ..1 from|of another|a person',
      'another|other|second|third|different|unknown|one|per|each|which|what person|people',
      'real people ..2 review*|photo*',
      'secret|travel|estate|cleaning agent|agents',
      'gift|present|give|gave|send|sending|ship ..4 for|to someone|somebody|person|people|{victim}',
    ],
    ...englishRisks,
  },
};
