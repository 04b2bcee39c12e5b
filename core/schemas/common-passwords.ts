/**
 * Passwords of eight or more characters that lead every published frequency list of leaked ones,
 * lower case. The first guesses of anyone who tries; what is rarer is slowed by Argon2id and the
 * log-in limits.
 */
const list = `
password password1 password12 password123 password1234 password! passw0rd p@ssw0rd p@ssword passwort passwords
12345678 123456789 1234567890 12345678910 0123456789 123123123 1234512345 1234554321 12344321 11111111 111111111 1111111111
00000000 000000000 22222222 33333333 44444444 55555555 66666666 77777777 88888888 99999999 87654321 987654321 9876543210
11223344 1122334455 112233445566 12121212 13131313 10101010 20202020 21212121 23232323 147258369 159357456 741852963
789456123 123456789a 123456789q 12345678a 123456abc 1234abcd 1234qwer 12345qwert 123456qwerty 123qweasd 123qwe123 123qweasdzxc
a1234567 a12345678 a123456789 aa123456 aa12345678 aaaaaaaa abc12345 abc123456 abc123abc abcd1234 abcd12345 abcdefgh abcdefg1 abcdefghi
qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertyui qwertyuiop qwerty1! qwertzui qwertzuiop qweasdzxc qweasd123 qwer1234 q1w2e3r4
q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedc qazwsx123 qazwsxedcrfv 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1zaq1 zxcvbnm1
zxcvbnm123 zxcvbnm,. asdfghjk asdfghjkl asdfasdf asdf1234 asdfgh123 azertyui azertyuiop iloveyou iloveyou1 iloveyou2 iloveyou! iloveyou123 iloveu123
ihateyou loveyou1 lovelove loveme123 lovely123 princess princess1 princess123 sunshine sunshine1 sunshine123 football football1 football123
baseball baseball1 basketball basketball1 superman superman1 superman123 batman123 spiderman spiderman1 pokemon1 pokemon123 starwars starwars1
dragon12 dragon123 monkey12 monkey123 shadow12 shadow123 master12 master123 michael1 michael123 jordan23 jordan123 jennifer jessica1 jessica123
ashley123 charlie1 charlie123 liverpool liverpool1 chelsea1 chelsea123 arsenal1 arsenal123 manchester barcelona juventus realmadrid ronaldo7 messi123
trustno1 letmein1 letmein123 welcome1 welcome12 welcome123 welcome! changeme changeme1 changeme123 default1 admin123 admin1234 admin12345 administrator
root1234 rootroot test1234 test12345 test123456 testtest testing1 testing123 guest123 user1234 username login123 secret123 mysecret whatever whatever1
computer computer1 internet internet1 samsung1 samsung123 google123 facebook facebook1 facebook123 linkedin linkedin1 twitter1 instagram snapchat youtube1
minecraft minecraft1 minecraft123 fortnite callofduty playstation nintendo xbox1234 hellohello hello123 hello1234 hellokitty goodluck forever1 freedom1
butterfly butterfly1 chocolate chocolate1 cupcake1 cookie123 strawberry blueberry watermelon pineapple cheesecake snickers peanut123 pepper123
november december september1 october1 january1 february summer123 winter123 spring123 autumn123 summer2020 summer2021 summer2022 summer2023 summer2024
winter2020 winter2021 winter2022 winter2023 winter2024 password2020 password2021 password2022 password2023 password2024 password2025 password2026
mustang1 ferrari1 porsche1 mercedes corvette harley123 yamaha123 cristina alexander alexandra alejandro sebastian francesco andrew123 anthony1
jonathan nicholas nicole123 samantha samantha1 victoria victoria1 veronica patricia elizabeth elizabeth1 daniel123 matthew1 christian christopher
babygirl babygirl1 babyboy1 sweetheart sweetie1 angel123 angelina beautiful beautiful1 precious friends1 friends123 friendship bestfriend bestfriends
bestfriend1 familia1 myfamily mommy123 daddy123 jesus123 jesuschrist blessed1 blessing godisgood maverick midnight pineapple1 qwaszx12 rainbow1 rainbow123
scorpion silver123 slipknot metallica nirvana1 blink182 greenday linkinpark eminem123 tinkerbell undertaker warcraft whiskers wolfpack yellow123
zxasqw12 987654321a 1234567a 1234567q 12345679 1234567891 123456987 135792468 142536789 147852369 159753456 100200300 112358132 19871987 19901990
`;

export const commonPasswords: ReadonlySet<string> = new Set(list.split(/\s+/).filter(Boolean));
