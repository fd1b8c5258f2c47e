/** What stands on the first sheet of a workbook. `version`: of the content it was made from. */
export const guideLines = (version: string): string[] => [
  'Nội dung của Cẩm nang số, để sửa bằng Excel hoặc LibreOffice',
  `Xuất từ phiên bản nội dung ${version}. Sửa xong, lưu kiểu .xlsx rồi nhập lại: npm run camnang -- content import TỆP`,
  'Lệnh nhập cho xem trước từng chỗ thay đổi, chưa ghi gì. Đồng ý thì thêm --yes.',
  '',
  'Sửa: gõ thẳng vào ô chữ đen. Cột chữ xám để nhận ra dòng, xin đừng sửa; cột “Dấu (đừng sửa)” cho biết ai đã đổi chỗ đó sau khi xuất.',
  'Thêm câu hỏi, nguồn, nút: ghi vào dòng trống ở cuối trang, cột “Mã mục” là mã của mục, cột “STT” và “Dấu (đừng sửa)” để trống.',
  'Bỏ câu hỏi, nguồn, nút: ghi x vào cột “Bỏ (ghi x)”. Xóa cả dòng thì không bỏ gì trong tệp.',
  'Thêm mục mới: thêm một dòng ở trang “Mục hỏi–đáp” (mã không dấu, nhóm là tên thư mục) cùng các câu hỏi và nguồn của nó ở các trang kia.',
  'Rút một mục: ghi ngày vào cột “Ngày rút”. Ngày viết 2026-11-21 hoặc 21/11/2026.',
  'Ô có nhiều dòng: Alt+Enter trong Excel, Ctrl+Enter trong LibreOffice. Chỗ {{province.hotline}} là chỗ điền thông tin của tỉnh, giữ nguyên.',
  'Không dùng công thức, không gộp ô. Sắp xếp, lọc, ẩn cột thì được; đừng đổi tên cột.',
]
