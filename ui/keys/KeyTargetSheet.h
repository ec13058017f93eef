// KeyTargetSheet: where a converted key goes.

#pragma once

#include "ui/keys/FormSheet.h"

namespace ui {

class KeyTargetSheet final : public FormSheet
{
    Q_OBJECT

public:
    KeyTargetSheet(const QString &source, const QString &suggestion, QWidget *parent = nullptr);

signals:
    void accepted(const QString &path);

protected:
    void submit() override;

private:
    QLineEdit *m_file;
};

} // namespace ui
