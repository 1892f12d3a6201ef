/** What an act on a ticket asks for. */
export const field = {
  because: '挂起原因',
  to_id: '同事',
  pickPerson: '输入工号或姓名',
  nobody: '没有找到同事',
  question: '请客户补充什么',
  reason: '原因',
  next_contact_at: '下次联系时间',
  pickMoment: '选择时间',
  answer: '给客户的答复',
  channel: '联系方式',
  outcome: '联系结果',
  agreed: '客户意见',
  note: '备注',
  amount_fen: '补偿金额',
}
