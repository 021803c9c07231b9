"""What pages leave under a story when it is copied whole, by the kind of page they come from.

Written after the shapes seen in saved pages; names, headlines and dates are made up.
"""

# ruff: noqa: RUF001 -- texts as the world writes them

from __future__ import annotations

TAILS = {
    "Jetpack with its hidden words": """\
Rate this:
Share this:
Click to share on X (Opens in new window)
X
Click to share on Facebook (Opens in new window)
Facebook
Click to email a link to a friend (Opens in new window)
Email
More
Like Loading...
Related
Posted by admin
2025-11-19
Posted in Security
Tags: Damascus, Idlib, sarin
Published by admin
View all posts by admin""",
    "WordPress, an old theme": """\
This entry was posted on Thursday, May 4th, 2017 at 10:12 am and is filed under World. You can \
follow any responses to this entry through the RSS 2.0 feed. You can leave a response, or trackback \
from your own site.

2 Responses to “Officials deny the report”

Leave a Reply
Click here to cancel reply.
Name (required)
Mail (will not be published) (required)
Website""",
    "WordPress with its sidebar": """\
Post navigation
Previous: Storm hits the coast, thousands without power for a second night
Next: Markets calm

Leave a Reply Cancel reply
Your email address will not be published. Required fields are marked *
Comment *
Name *
Email *
Website
Save my name, email, and website in this browser for the next time I comment.
Δ
Search for:
Recent Posts
Storm hits the coast, thousands without power for a second night
Markets calm
Archives
May 2017
Categories
World
Meta
Log in
Entries feed
Comments feed
WordPress.org
Proudly powered by WordPress""",
    "Blogger": """\
Posted by The Editor at 10:30 AM
Email This BlogThis! Share to X Share to Facebook Share to Pinterest
Labels: Idlib, sarin

No comments:

Post a Comment

Newer Post Older Post Home
Subscribe to: Post Comments (Atom)
Powered by Blogger.""",
    "a broadcaster": """\
More on this story
Storm hits the coast, thousands without power for a second night
4 May 2017
Inquiry opens into the dam failure
3 May 2017

Related Topics
Syria
Chemical weapons

Share page
Copy link
About sharing
Top Stories
Related Internet links
The Example Corporation is not responsible for the content of external sites.""",
    "a national newspaper": """\
A version of this article appears in print on May 4, 2017, Section A, Page 1 of the New York \
edition with the headline: Officials Deny Report. Order Reprints | Today’s Paper | Subscribe

Read More
Site Index
Site Information Navigation
© 2026 The Example Company
Contact Us
Accessibility
Work with us
Advertise
Your Ad Choices
Privacy Policy
Terms of Service
Terms of Sale
Site Map
Help
Subscriptions""",
    "a cable channel": """\
Sponsored Stories You May Like
Quotes displayed in real-time or delayed by at least 15 minutes. Market data provided by Example. \
Powered and implemented by Example Digital Solutions. Legal Statement.

This material may not be published, broadcast, rewritten, or redistributed. ©2026 Example News \
Network, LLC. All rights reserved. Quotes displayed in real-time or delayed by at least 15 minutes.
New Privacy Policy
Do Not Sell my Personal Information""",
    "a local paper": """\
Be the first to know
Get local news delivered to your inbox!
* I understand and agree that registration on or use of this site constitutes agreement to its \
user agreement and privacy policy.
Related to this story
Most Popular
Council votes to close the bridge
Storm hits the coast, thousands without power for a second night
School board meets on Tuesday
Two arrested after chase
Farmers wait for rain
Report an error
Comments""",
    "a newsletter box": """\
Stay Updated
Get the latest news delivered to your inbox.
Enter your email
Subscribe
We respect your privacy. Unsubscribe at any time.
By subscribing, you agree to our Terms of Use and Privacy Policy.
Thank you for subscribing!
No spam. Unsubscribe anytime.""",
    "a letter by subscription": """\
Thanks for reading The Example! Subscribe for free to receive new posts and support my work.

12 Likes ∙ 3 Restacks
Discussion about this post
Comments
Restacks
Ready for more?
© 2026 A. Haddad
Privacy ∙ Terms ∙ Collection notice
Start writing
Get the app
Substack is the home for great culture""",
    "a share bar": """\
0 Shares
Share
Tweet
Pin
Share on Facebook
Share on Twitter
Share via Email
Print this page
Send to a friend
Facebook Twitter LinkedIn WhatsApp Email Print""",
    "a cookie notice": """\
We use cookies to give you the best experience on our website. By continuing to use this site, \
you agree to our use of cookies.
Cookie settings
Manage preferences
Reject All
Accept All Cookies
Close""",
    "comments by another service": """\
Disqus Comments
We were unable to load Disqus. If you are a moderator please see our troubleshooting guide.
Please enable JavaScript to view the comments powered by Disqus.
Sponsored Links by Taboola
Around the Web
One trick that dentists would rather keep for themselves
Ten castles you can buy for the price of a flat
Recommended by""",
    "a paywall": """\
Already a subscriber? Log in
Subscribe to continue reading
You have reached your limit of free articles.
To continue reading, please subscribe or sign in.
Start your free trial
Cancel anytime.""",
    "stories beneath": """\
Read more on: Syria, chemical weapons
Filed under World
Editors’ Picks
Storm hits the coast, thousands without power for a second night
Inquiry opens into the dam failure
Two arrested after chase
What the treaty says, and what it does not
Farmers wait for rain
Back to top ↑""",
    "a tabloid": """\
RELATED ARTICLES
Previous
1
Next
Storm hits the coast, thousands without power for a second night
Inquiry opens into the dam failure
Share this article
Comments 238
Share what you think
Newest
Oldest
Best rated
Worst rated
View all
The comments below have not been moderated.
The views expressed in the contents above are those of our users and do not necessarily reflect \
the views of The Example.""",
    "a news channel": """\
Ad Feedback
Up next
Storm hits the coast, thousands without power for a second night
3 minute read
Most read
1
Council votes to close the bridge
2
Two arrested after chase
Log In
My Account
Settings
Terms of Use
Privacy Policy
Ad Choices
Accessibility & CC
Newsletters
© 2026 Example News Network. All Rights Reserved.""",
    "a public broadcaster": """\
Facebook
Flipboard
Email
Read & Listen
Connect
About Example
Overview
Diversity
Get Involved
Sponsor Example
Careers
Contact Us
Your Privacy Choices
Text Only
© 2026 example""",
    "Drupal": """\
Add new comment
Your name
Subject
Comment *
About text formats
Save
Preview
Log in or register to post comments
1234 reads""",
}
