/**
 * How people speak about anything, in common words with their marks: articles are written, and know little of "mà", "mấy",
 * "thằng", "nghe nói". From these lines marks that were not typed are learnt too. No subject of the handbook is meant.
 */
export const everydaySpeech: readonly string[] = `
mà tôi không biết làm sao
mà nó không chịu, mà sao lâu quá, mà mấy bữa rồi
nhưng mà tôi sợ, thế mà họ nói không
tôi nghe nói là, nghe họ nói, nghe hàng xóm nói, nghe bảo, chưa nghe bao giờ
mấy cái này, mấy cái đó, mấy người, mấy ông, mấy chú, mấy đứa, mấy hôm nay, mấy năm trước, mấy triệu, mấy ngày rồi
cái này là cái gì, cái kia thì sao, cái đó của ai, cái nào cũng được
thằng con tôi, thằng cháu, thằng nhỏ, thằng bạn, thằng em, thằng đó, cái thằng đó
đứa nào, hai đứa, đứa con gái, mấy đứa nhỏ, đứa em, đứa cháu nội
tụi nó, bọn nó, bọn họ, chúng nó, tụi tôi, bọn tôi, bọn trẻ
nó nói, nó bảo, nó gọi, nó nhắn, nó đòi, nó lấy, nó không trả, cho nó, của nó, với nó
hắn nói, hắn gọi, hắn đòi tiền, hắn biến mất
họ bảo, họ nói, họ gọi, họ đòi, họ bắt, họ hẹn, họ không cho
ông ấy, bà ấy, anh ấy, chị ấy, cô ấy, ông bà, ông nội, bà ngoại, ông cụ, bà cụ, ông già tôi, bà già tôi
mẹ tôi già rồi, cha mẹ tôi, ba mẹ em, mẹ già, ông già yếu, già cả, tuổi già
chồng tôi, vợ tôi, con tôi, con gái tôi, con trai tôi, cháu tôi, em tôi, anh tôi, chị tôi, cô tôi, chú tôi, bác tôi, dì tôi
con dâu, con rể, nhà chồng, nhà vợ, vợ chồng tôi, hai vợ chồng, hai mẹ con
đi làm ăn xa, đi làm xa, làm thuê, làm ruộng, đi chợ, ra chợ, ngoài chợ, bán ở chợ, họp chợ, trong chợ
ở quê, ở nhà, ở trên, ở dưới, ở ngoài, ở trong, ở gần, ở xa, dưới quê, trên núi, ngoài đồng, trong xóm, trong ấp, đầu làng, cuối thôn
về nhà, về quê, lên xã, lên phường, lên tỉnh, ra xã, vào trong, ra ngoài, tới nơi, đến nơi, tới đó, tới đây
tôi tới hỏi, tới ngày, tới giờ, tới lúc, tới đâu rồi
đi đâu, ở đâu, đến đâu, hỏi ai, gặp ai, nhờ ai, của ai, với ai, cho ai
sao vậy, sao thế, sao lạ vậy, sao kỳ vậy, kỳ quá, lạ quá, khó quá, lâu quá, xa quá, rối quá, mệt quá, nhiều quá, sợ quá, tức quá, đông quá
vậy hả, thế à, phải không, đúng không, được không, có không, thật không, hả anh, hả chị, hả cô, hả chú, hả bác, vậy chú, vậy anh
vậy giờ sao, vậy thì, vậy mà, như vậy, làm vậy, nói vậy, thế thì, thế nào, giờ sao, giờ làm sao, bây giờ, hồi trước, hồi xưa, lúc trước, khi trước
chú ơi, cô ơi, bác ơi, anh ơi, chị ơi, trời ơi, bà con ơi, mọi người ơi
chú chỉ giúp, cô chỉ cho, anh chỉ tôi, chị bày cho, nhờ chỉ giúp, chỉ giùm, chỉ cho tôi, chỉ cần, chỉ có
cho tôi hỏi, cho em hỏi, cho hỏi, xin hỏi, tôi muốn hỏi, muốn biết, muốn làm, muốn đổi, muốn lấy, không muốn
thì phải làm gì, thì làm sao, thì sao, thì có được không, thì đi đâu, rồi thì, rồi sao, rồi mà, xong rồi, quên rồi, mất rồi, hết rồi, lâu rồi, già rồi, cũ rồi, hư rồi
làm rồi, đi rồi, về rồi, bán rồi, bỏ rồi, đổi rồi, trả rồi, nói rồi, mua rồi, có rồi, chưa có, chưa làm, chưa biết, chưa thấy, chưa được
không có gì, không biết gì, không thấy gì, không hiểu, không nhớ, không rành, không quen, không còn, không phải, không nên, không sao, có sao không, có gì không
cũng vậy, cũng được, cũng không, cũng có, cũng phải, cũng thế, cứ vậy, cứ nói, cứ bảo, cứ hẹn, cứ báo, cứ bắt
biết chữ, không biết chữ, mù chữ, đọc không được, nói không được, nghe không rõ, mắt mờ, tay run, chân đau, đau chân, đi không nổi
lỡ tay, lỡ rồi, lỡ bấm, lỡ cho, lỡ nói, lỡ làm
bị lừa, bị mất, bị khóa, bị trừ, bị trả lại, bị phạt, bị lỗi, bị bắt, bị gọi, bị người ta
người ta nói, người ta bảo, người ta gọi, người ta lấy, người ta đòi, người lạ, người quen, người nhà, người nào, có người
bạn tôi, bạn bè, bạn học, bạn nó, đứa bạn, người bạn, bạn trên mạng, bạn gái, bạn trai
mua đồ, mua hàng, mua máy mới, máy mới, máy cũ, máy kia, cái máy, mới mua, mới đổi, mới làm, mới cưới, mới sinh, mới biết, mới được, mới có, mới đây
tiền đâu, hết tiền, mất tiền, đòi tiền, trả tiền, mượn tiền, gửi tiền, cho mượn, đòi nợ, mắc nợ, thiếu nợ, tiền nợ, nợ tiền, cọc tiền, đóng tiền
mấy trăm, mấy ngàn, vài ngàn, vài trăm, nửa triệu, một triệu, hai triệu, năm chục, ba mươi
bớt tiền, bớt được, giảm bớt, đỡ tốn, đỡ mất công, khỏi đi, khỏi phải, khỏi cần, khỏi chờ, cho đỡ
giống nhau, giống như, giống gì, khác nhau, khác gì, khác với, thứ gì, loại gì, kiểu gì, chuyện gì, việc gì
trúng rồi, trúng gì, trật rồi, sai rồi, đúng rồi, nhầm rồi, lộn rồi
nằm ở đâu, nằm trong, rơi vào, nhằm ngày, nhằm tháng, nhằm lúc, nhằm vào, hôm nào, ngày nào, bữa nào, lúc nào
đòi tôi, đòi hỏi, đòi lại, đổi lại, đổi qua, đổi cái khác, bỏ đi, bỏ rồi, bỏ cái cũ, lấy lại, lấy mất, lấy đi, cất đi, để đó, để ở nhà, để làm gì, để khỏi, để cho
gọi điện, gọi tới, gọi hoài, gọi mãi, gọi cho, nhắn tin, nhắn hỏi, nhắn lại, nhắn cho, gửi cho, gửi qua, gửi lên, gửi về, đưa cho, đưa ra, đưa đi, mời mua, mời đi, mời vào
coi chừng, coi thử, xem thử, thử xem, để xem, hỏi thử, hỏi lại, hỏi giùm, hỏi thăm, đọc thử
trong nhà, nhà tôi, nhà em, nhà mình, nhà nước, nhà hàng xóm, nhà bên, nhà nghèo, nhà xa, nhà gần, quanh nhà
xe tôi, xe máy, chạy xe, đi xe, xe cũ, đường xa, ngoài đường, dọc đường, đèn đỏ
hôm qua, hôm nay, ngày mai, hôm trước, hôm bữa, bữa trước, sáng nay, trưa nay, chiều nay, tối nay, tuần trước, tháng trước, năm ngoái, năm nay, sang năm, cả tuần, cả tháng
khi nào, bao giờ, bao lâu, lâu chưa, mấy giờ, mấy ngày, ngày mấy, tháng mấy, chừng nào, hồi nào
là sao, là gì, là ai, là ở đâu, là phải, là được, nghĩa là sao, có nghĩa là, tức là, hay là, thật là
hoài không được, hoài mà, mãi không được, mãi chưa xong, lên xuống hoài, chờ hoài, đợi mãi
bực quá, bực mình, phiền quá, lo quá, buồn quá, vui quá, mừng quá, tốt quá, hay quá
`.split(/[\n,]/).map((line) => line.trim()).filter((line) => line !== '')
